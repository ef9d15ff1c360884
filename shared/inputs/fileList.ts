import { streamLines } from '../outputs/streamLines';
import type { BlobStore } from '../stores/blobStore';

/** A file of a list, by its path below the folder of the input. */
export interface FileOfList {
  readonly path: string;
  /** Bytes, where they were known. */
  readonly size?: number;
  /** The version that was meant. */
  readonly etag: string;
  /** What else whoever made the list wants to know of it. */
  readonly row?: string;
}

/** Files of a list that are read at once. */
const pageFiles = 1_000;

/** The text of a list: a line for each file. */
export function fileListText(files: readonly FileOfList[]): string {
  return files.map((file) => `${JSON.stringify(file)}\n`).join('');
}

/** The files of a list, page by page. Fails with `BlobNotFound` where the list is gone. */
export async function* readFileList(blobs: BlobStore, list: string): AsyncGenerator<readonly FileOfList[]> {
  let page: FileOfList[] = [];
  for await (const line of streamLines(await blobs.read(list))) {
    page.push(JSON.parse(line) as FileOfList);
    if (page.length < pageFiles) continue;
    yield page;
    page = [];
  }
  yield page;
}
