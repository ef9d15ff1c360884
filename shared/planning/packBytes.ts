import { sizeOf, type ListedFile } from '../inputs/listedFile';
import { entryOf, type ManifestEntry } from './manifestEntry';

/** However small files are, a mini-batch has no more of them. */
const mostFiles = 10_000;

/**
 * Packs files that follow each other into mini-batches of at most `size` bytes. A file that is larger, or of which the
 * size cannot be told, is one by itself.
 */
export async function* packBytes(
  pages: AsyncIterable<readonly ListedFile[]>,
  size: number,
): AsyncGenerator<readonly ManifestEntry[]> {
  let packed: ManifestEntry[] = [];
  let bytes = 0;
  for await (const page of pages) {
    for (const file of page) {
      const more = sizeOf(file) ?? Infinity;
      if (packed.length > 0 && (bytes + more > size || packed.length === mostFiles)) {
        yield packed;
        [packed, bytes] = [[], 0];
      }
      packed.push(entryOf(file));
      bytes += more;
    }
  }
  if (packed.length > 0) yield packed;
}
