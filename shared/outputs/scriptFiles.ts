import { text } from 'node:stream/consumers';
import type { ScriptFile } from '../scoring/claimFiles';
import type { BlobStore } from '../stores/blobStore';
import type { Outcomes } from './outcomes';
import { PartGroups, type Piece } from './partGroups';

/**
 * The files that the script of a job wrote itself, by their paths: each with its pieces in the order of their
 * mini-batches. Paths are relative to the folder of the output.
 */
export function scriptFiles(
  { blobs, scratch }: { readonly blobs: BlobStore; readonly scratch: string },
  outcomes: Outcomes,
): Promise<PartGroups> {
  return PartGroups.gather(blobs, written(blobs, outcomes), scratch);
}

async function* written(blobs: BlobStore, outcomes: Outcomes): AsyncGenerator<Piece> {
  for await (const claim of outcomes.with('files')) {
    const listed = JSON.parse(await text(await blobs.read(outcomes.name(claim, 'files')))) as ScriptFile[];
    for (const { path, size } of listed)
      yield { file: path, part: `${outcomes.writtenPrefix(claim)}${path}`, size };
  }
}
