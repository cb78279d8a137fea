import { createHash } from 'node:crypto';

/** Of the product and not of an installation: two hosts give the same message the same id, and find it where the other posted it. */
const NAMESPACE = '4d8de928-5027-4380-b48c-f67181c34506';

/** A name-based UUID (RFC 9562, version 5). `namespace`: a UUID too. */
export function nameUuid(namespace: string, name: string): string {
  const bytes = createHash('sha1')
    .update(Buffer.from(namespace.replaceAll('-', ''), 'hex'))
    .update(name)
    .digest()
    .subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** The id that travels in the metadata of the message with this key. */
export function deliveryId(key: string): string {
  return nameUuid(NAMESPACE, key);
}
