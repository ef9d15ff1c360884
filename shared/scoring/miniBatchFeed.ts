import { rm } from 'node:fs/promises';
import { failure, isFailure, type BatchpointError } from '../errors/batchpointError';
import type { InputSource } from '../inputs/inputSource';
import type { ManifestReader } from '../planning/manifest';

/** A mini-batch that can be handed to a worker, or the reason why it cannot. */
export interface ReadyMiniBatch {
  readonly index: number;
  /** Paths relative to the input. */
  readonly files: readonly string[];
  /** Local paths of the same files. */
  readonly paths: readonly string[];
  readonly fault?: BatchpointError;
  /** Whether fetching it was ended before it was done. */
  readonly unfinished?: boolean;
}

/** Mini-batches that are made ready at once while others are scored. */
const ahead = 4;

/** Makes the mini-batches of a claim ready in their order: the files of the next are fetched while one is scored. */
export class MiniBatchFeed {
  private readonly ready = new Map<number, Promise<ReadyMiniBatch>>();
  private readonly arrived = new Set<number>();

  constructor(
    private readonly manifest: ManifestReader,
    private readonly source: InputSource,
    private readonly folder: string,
    private readonly end: number,
    /** Raised when nothing is to be fetched any more. */
    private readonly signal: AbortSignal,
  ) {}

  /** The folder that local paths start with; what follows is the path relative to the input. */
  get root(): string {
    return this.source.inPlace ?? this.folder;
  }

  /** The mini-batch, once it is ready. Those behind it are begun too. */
  get(index: number): Promise<ReadyMiniBatch> {
    for (let i = index; i < Math.min(this.end, index + ahead); i++) {
      if (!this.ready.has(i)) this.begin(i);
    }
    return this.ready.get(index) ?? this.prepare(index);
  }

  /** Whether `get` answers at once. */
  has(index: number): boolean {
    return this.source.inPlace !== undefined || this.arrived.has(index);
  }

  /** Forgets a mini-batch that is done, and removes what was fetched for it. */
  async drop(miniBatch: ReadyMiniBatch): Promise<void> {
    this.ready.delete(miniBatch.index);
    this.arrived.delete(miniBatch.index);
    if (this.source.inPlace !== undefined) return;
    await Promise.all(miniBatch.paths.map((path) => rm(path, { force: true })));
  }

  /** Waits until nothing is being fetched any more. Nothing is to be asked for after that. */
  async close(): Promise<void> {
    await Promise.allSettled(this.ready.values());
  }

  private begin(index: number): void {
    const prepared = this.prepare(index);
    // What failed is told to whoever asks for it, and nobody may.
    prepared.catch(() => undefined);
    this.ready.set(index, prepared);
  }

  private async prepare(index: number): Promise<ReadyMiniBatch> {
    const files = await this.manifest.files(index);
    try {
      const paths = await this.source.provide(files, this.folder, this.signal);
      this.arrived.add(index);
      return { index, files, paths };
    } catch (error) {
      if (this.signal.aborted) return { index, files, paths: [], fault: tooSlow(files), unfinished: true };
      if (!isFailure(error)) throw error;
      this.arrived.add(index);
      return { index, files, paths: [], fault: error };
    }
  }
}

function tooSlow([file = '']: readonly string[]): BatchpointError {
  const reason =
    'its mini-batch took so long to come that no run() would fit into the time of the function any more';
  return failure('InputFetchFailed', { file, reason });
}
