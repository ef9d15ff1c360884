import { Readable } from 'node:stream';
import type {
  BlobDetails,
  BlobItem,
  BlobStore,
  ByteRange,
  StagedPart,
  StagedParts,
  WriteOptions,
} from '../../../shared/stores/blobStore';
import type { Row, RowChange, RowRange, TableStore } from '../../../shared/stores/tableStore';
import type { MemoryBlobStore } from './memoryBlobStore';
import type { MemoryTableStore } from './memoryTableStore';
import type { Network } from './network';
import { errorOf, type Asked, type Fate } from './weather';

/** Rows or blobs that come on one page: few, so that others come in between. */
const pageItems = 4;

/** A table store in memory, as hosts reach it over the network. */
export class RemoteTableStore implements TableStore {
  constructor(
    private readonly tables: MemoryTableStore,
    private readonly network: Network,
  ) {}

  get<T>(partition: string, row: string): Promise<Row<T> | undefined> {
    return this.send('read', `get ${partition} ${row}`, () => this.tables.get<T>(partition, row));
  }

  getOfEach<T>(partitions: readonly string[], row: string): Promise<readonly (Row<T> | undefined)[]> {
    return this.send('read', `get ${row} of ${partitions.length}`, () =>
      this.tables.getOfEach<T>(partitions, row),
    );
  }

  async *query<T>(partition: string, range: RowRange = {}): AsyncGenerator<Row<T>> {
    const { before, limit = Infinity } = range;
    let [from, left] = [range.from ?? '', limit];
    for (;;) {
      const most = Math.min(left, pageItems);
      const stretch = { from, ...(before === undefined ? {} : { before }) };
      const label = `query ${partition} ${from}`;
      const page = await this.send('read', label, () => this.tables.page<T>(partition, stretch, most));
      yield* page;
      left -= page.length;
      const last = page.at(-1);
      if (last === undefined || page.length < most || left <= 0) return;
      from = `${last.row} `;
    }
  }

  commit(partition: string, changes: readonly RowChange[]): Promise<readonly string[]> {
    const label = `commit ${partition} ${changes.map(({ kind, row }) => `${kind} ${row}`).join(', ')}`;
    return this.send('rows', label, () => this.tables.commit(partition, changes));
  }

  private send<T>(asked: Asked, label: string, deed: () => Promise<T>): Promise<T> {
    return this.network.send({ asked, label, deed, store: 'tables' });
  }
}

/** A blob store in memory, as hosts reach it over the network. */
export class RemoteBlobStore implements BlobStore {
  readonly url: string;

  constructor(
    private readonly blobs: MemoryBlobStore,
    private readonly network: Network,
  ) {
    this.url = blobs.url;
  }

  async *list(prefix: string): AsyncGenerator<readonly BlobItem[]> {
    yield* await this.send('read', `list ${prefix}`, async () => {
      const pages: (readonly BlobItem[])[] = [];
      for await (const page of this.blobs.list(prefix, { pageSize: pageItems })) pages.push(page);
      return pages;
    });
  }

  stat(name: string): Promise<BlobDetails | undefined> {
    return this.send('read', `stat ${name}`, () => this.blobs.stat(name));
  }

  read(name: string, range?: ByteRange): Promise<Readable> {
    return this.send('stream', `read ${name}`, async (fate) => {
      const whole = await this.blobs.read(name, range);
      return fate === 'cut off' ? Readable.from(cutOff(whole, this.url), { objectMode: false }) : whole;
    });
  }

  write(
    name: string,
    content: Uint8Array | string,
    options?: WriteOptions,
  ): Promise<{ readonly etag: string }> {
    return this.send('blob', `write ${name}`, () => this.blobs.write(name, content, options));
  }

  stage(name: string, path: string): Promise<{ readonly size: number }> {
    return this.send('large blob', `stage ${name}`, () => this.blobs.stage(name, path));
  }

  async commit(
    name: string,
    parts: StagedParts,
    metadata: Readonly<Record<string, string>>,
  ): Promise<{ readonly etag: string }> {
    const inside: StagedPart[] = [];
    for await (const part of parts) inside.push({ ...part, store: insideOf(part.store) });
    return this.send('large blob', `commit ${name}`, () => this.blobs.commit(name, inside, metadata));
  }

  download(name: string, path: string): Promise<{ readonly etag: string }> {
    return this.send('read', `download ${name}`, () => this.blobs.download(name, path));
  }

  remove(name: string): Promise<void> {
    return this.send('removal', `remove ${name}`, () => this.blobs.remove(name));
  }

  removeAll(prefix: string): Promise<void> {
    return this.send('removal', `removeAll ${prefix}`, () => this.blobs.removeAll(prefix));
  }

  /** What lies behind the network. */
  get inside(): MemoryBlobStore {
    return this.blobs;
  }

  private send<T>(asked: Asked, label: string, deed: (fate: Fate) => Promise<T>): Promise<T> {
    return this.network.send({ asked, label, deed, store: this.url });
  }
}

/** The service copies parts by itself: that takes no requests. */
function insideOf(store: BlobStore): BlobStore {
  return store instanceof RemoteBlobStore ? store.inside : store;
}

async function* cutOff(whole: Readable, url: string): AsyncGenerator<Buffer> {
  for await (const chunk of whole as AsyncIterable<Buffer>) {
    const half = chunk.subarray(0, chunk.length >> 1);
    if (half.length > 0) yield half;
    throw errorOf('cut off', url);
  }
}
