import type { BlobStore } from '../../shared/stores/blobStore';
import { describeCommits } from './blobs/commits';
import { describeListing } from './blobs/listing';
import { describeNames } from './blobs/names';
import { describeReading } from './blobs/reading';
import { describeRemoval } from './blobs/removal';
import { describeStaging } from './blobs/staging';
import { describeWriting } from './blobs/writing';
import { fresh, type OpenedStores, patience } from './openedStores';

/** What a test of blobs starts with: an empty store, and ways to look at it from elsewhere. */
export interface BlobPlace {
  readonly store: BlobStore;
  /** The same blobs as another process has them. */
  another(): Promise<BlobStore>;
  /** The same blobs after closing and opening everything. */
  reopen(): Promise<BlobStore>;
}

/** What every `BlobStore` keeps to. `open` starts with an empty place. */
export function describeBlobStore(driver: string, open: () => Promise<OpenedStores>): void {
  jest.setTimeout(patience);
  describe(`blobs in ${driver}`, () => {
    let opened: OpenedStores;
    beforeAll(async () => {
      opened = await open();
    });
    afterAll(() => opened.end());

    const place = (): BlobPlace => {
      const name = fresh('blobs');
      return {
        store: opened.stores.container(name),
        another: async () => (await opened.openAnother()).container(name),
        reopen: async () => {
          await opened.reopen();
          return opened.stores.container(name);
        },
      };
    };
    describeWriting(place);
    describeReading(place);
    describeListing(place);
    describeStaging(place);
    describeCommits(place);
    describeRemoval(place);
    describeNames(place);
  });
}
