import { bytesOf } from '../stores/ownCommit';
import type { PartList, StagedPart, StagedParts } from '../stores/blobStore';

/** Parts that are looked up each time they are walked through. */
export function partList(bytes: number, walk: () => AsyncIterable<StagedPart>): PartList {
  return { bytes, [Symbol.asyncIterator]: () => walk()[Symbol.asyncIterator]() };
}

/** Parts that come one list after the other. */
export function joinedLists(...lists: readonly StagedParts[]): PartList {
  const bytes = lists.reduce((sum, list) => sum + bytesOf(list), 0);
  return partList(bytes, async function* () {
    for (const list of lists) yield* list;
  });
}
