import { DIGESTS } from '../src/digests/index.ts';
import { readSituations } from '../test/situations/situation.ts';
import type { GalleryDigest } from './page/gallery.ts';

/** Every digest of the registry in the situations that the golden tests hold it to. */
export async function readGallery(): Promise<GalleryDigest[]> {
  return Promise.all(
    DIGESTS.map(async ({ id, summary }) => ({
      id,
      summary,
      situations: Object.entries((await readSituations(id)) ?? {}).map(([name, build]) => ({
        name,
        message: build(),
      })),
    })),
  );
}
