import * as z from 'zod';
import type { DeveloperSpace } from '../../domain/developer-space.ts';
import { type Endpoint, rowReader } from '../endpoint.ts';
import * as kind from './shapes/parameter-kinds.ts';
import { cleanText, requiredText } from './shapes/text.ts';

const document = z.object({ developerId: requiredText });

const parameters = {
  vendorId: kind.inPath(
    kind.wholeNumber("the number in the address of the partner's page: manage/vendors/{vendorId}"),
  ),
};

/**
 * The id of the developer space that a vendor became: what version 2 of the API called vendor, by a number, has a UUID in
 * version 3. One account can belong to several. An unknown vendor is an HTTP 404.
 */
export const developerSpace: Endpoint<DeveloperSpace, typeof parameters> = {
  id: 'developer-space',
  summary: 'the developer space id of a vendor id, for MARKETPLACE_DEVELOPER_ID',
  path: 'developer-space/vendor/{vendorId}',
  source: { kind: 'document' },
  parameters,
  defaults: {},
  rowSchema: document,
  isAppless: true,
  read: rowReader(document, (raw) => ({ developerId: cleanText(raw.developerId) })),
};
