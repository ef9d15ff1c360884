import type { Datastores } from '../registry/datastores';
import type { BlobStore } from '../stores/blobStore';

/** Milliseconds for which an opened store is used: whether a host may enter it is looked at again then. */
const openFor = 60_000;

interface OpenedStore {
  readonly etag: string;
  readonly until: number;
  readonly store: BlobStore;
}

/** The stores of datastores that are watched. Opened ones are kept for a while, as many events come for one. */
export class WatchedStores {
  private readonly opened = new Map<string, OpenedStore>();

  constructor(
    private readonly datastores: Pick<Datastores, 'get'>,
    private readonly open: (datastore: string) => Promise<BlobStore>,
  ) {}

  /** The store of a datastore as it is now. Fails as opening it does. */
  async of(name: string): Promise<BlobStore> {
    const { etag } = await this.datastores.get(name);
    const key = name.toLowerCase();
    const present = this.opened.get(key);
    if (present?.etag === etag && present.until > performance.now()) return present.store;
    const store = await this.open(name);
    this.opened.set(key, { etag, store, until: performance.now() + openFor });
    return store;
  }
}
