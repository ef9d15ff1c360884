import type { BlobStore } from '../stores/blobStore';
import { refuseClashes } from './clashingNames';
import { readFileList } from './fileList';
import type { InputSource, ListOptions, PieceReader, ProvidedFile } from './inputSource';
import { withFacts, type ListedFile } from './listedFile';

/** Some files of a folder, by a list of theirs: what lies there beside them is not scored. */
export class FileListInput implements InputSource {
  /** `folder` gives the files; the list is a blob of `blobs`. */
  constructor(
    private readonly folder: InputSource,
    private readonly blobs: BlobStore,
    private readonly listName: string,
  ) {}

  get inPlace(): string | undefined {
    return this.folder.inPlace;
  }

  async *list(options: ListOptions = {}): AsyncGenerator<readonly ListedFile[]> {
    // A disk that holds the files already holds no names that clash.
    if (this.inPlace !== undefined) yield* this.files(options);
    else yield* refuseClashes(this.files(options));
  }

  provide(path: string, folder: string, signal: AbortSignal): Promise<ProvidedFile> {
    return this.folder.provide(path, folder, signal);
  }

  open(path: string, signal: AbortSignal): Promise<PieceReader> {
    return this.folder.open(path, signal);
  }

  private async *files({
    sizes = false,
    versions = false,
  }: ListOptions): AsyncGenerator<readonly ListedFile[]> {
    // Files that are read in place are looked at when they are scored.
    const withVersions = versions && this.inPlace === undefined;
    for await (const page of readFileList(this.blobs, this.listName)) {
      yield page.map(({ path, size, etag }) =>
        sizes || withVersions ? withFacts(path, { size, version: withVersions ? etag : undefined }) : path,
      );
    }
  }
}
