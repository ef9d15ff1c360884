import { text } from 'node:stream/consumers';
import type { ScriptFile } from '../scoring/claimFiles';
import type { BlobStore, StagedPart } from '../stores/blobStore';
import type { Outcomes } from './outcomes';

/**
 * The files that the script of a job wrote itself: each path with its pieces in the order of their mini-batches.
 * Paths are relative to the folder of the output.
 */
export async function collectScriptFiles(
  blobs: BlobStore,
  outcomes: Outcomes,
): Promise<Map<string, StagedPart[]>> {
  const files = new Map<string, StagedPart[]>();
  for (const claim of outcomes.settled) {
    if (claim.outcome.parts.files === undefined) continue;
    const listed = JSON.parse(await text(await blobs.read(outcomes.name(claim, 'files')))) as ScriptFile[];
    for (const { path, size } of listed) {
      const piece = { store: blobs, name: `${outcomes.writtenPrefix(claim)}${path}`, size };
      const pieces = files.get(path);
      if (pieces === undefined) files.set(path, [piece]);
      else pieces.push(piece);
    }
  }
  return files;
}
