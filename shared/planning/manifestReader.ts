import { text } from 'node:stream/consumers';
import { failure } from '../errors/batchpointError';
import type { BlobStore } from '../stores/blobStore';
import type { ManifestEntry } from './manifestEntry';
import { pageName, type FilePages, type ManifestFacts, type ManifestHead } from './manifestHead';

/** Pages that a reader keeps: lanes of one job read near each other. */
const pagesInMemory = 8;

/** Reads the files of mini-batches; the pages that were read last stay in memory. */
export class ManifestReader {
  private readonly pages = new Map<number, Promise<readonly unknown[]>>();

  constructor(
    private readonly blobs: BlobStore,
    private readonly job: string,
    readonly head: ManifestHead,
  ) {}

  /** What a mini-batch is made of, in its order: paths relative to the input, and parts of such files. */
  async files(miniBatch: number): Promise<ManifestEntry[]> {
    const { head } = this;
    if (miniBatch < 0 || miniBatch >= head.miniBatches)
      throw failure('ClaimsNotTiled', { fault: `there is no mini-batch ${miniBatch}` });
    return 'pageStarts' in head
      ? this.ofMiniBatches(miniBatch, head.pageStarts)
      : this.ofFiles(miniBatch, head);
  }

  private async ofMiniBatches(miniBatch: number, pageStarts: readonly number[]): Promise<ManifestEntry[]> {
    const page = pageStarts.findLastIndex((start) => start <= miniBatch);
    const miniBatches = await this.page<readonly ManifestEntry[]>(page);
    return [...(miniBatches[miniBatch - (pageStarts[page] ?? 0)] ?? [])];
  }

  private async ofFiles(miniBatch: number, head: ManifestFacts & FilePages): Promise<ManifestEntry[]> {
    const { miniBatchSize, pageFiles, files } = head;
    const from = miniBatch * miniBatchSize;
    const to = Math.min(files, from + miniBatchSize);
    const found: ManifestEntry[] = [];
    for (let at = from; at < to;) {
      const page = Math.floor(at / pageFiles);
      const names = await this.page<ManifestEntry>(page);
      const end = Math.min(to, (page + 1) * pageFiles);
      found.push(...names.slice(at - page * pageFiles, end - page * pageFiles));
      at = end;
    }
    return found;
  }

  private page<Item>(index: number): Promise<readonly Item[]> {
    const present = this.pages.get(index);
    if (present !== undefined) return present as Promise<readonly Item[]>;
    const name = pageName(this.job, this.head.attempt, index);
    const page = this.blobs.read(name).then(async (stream) => JSON.parse(await text(stream)) as Item[]);
    page.catch(() => this.pages.delete(index));
    this.pages.set(index, page);
    const [oldest] = this.pages.keys();
    if (this.pages.size > pagesInMemory && oldest !== undefined) this.pages.delete(oldest);
    return page;
  }
}
