import { rm } from 'node:fs/promises';
import { failure, isFailure, type BatchpointError } from '../errors/batchpointError';
import type { InputSource, ProvidedFile } from '../inputs/inputSource';
import type { SeenFile } from '../inputs/seenFile';
import { entryName, entryPath, isPart, type ManifestEntry } from '../planning/manifestEntry';
import type { ManifestReader } from '../planning/manifestReader';
import type { FileChange, FileChanges } from './fileChanges';
import { inTurn } from './inTurn';
import { PartMaker } from './parts/partMaker';

/** A file of a mini-batch that could not be had; a part of a file counts as one. */
export interface UnreadableFile {
  readonly entry: ManifestEntry;
  readonly fault: BatchpointError;
}

/** A mini-batch that can be handed to a worker, or the reason why it cannot. */
export interface ReadyMiniBatch {
  readonly index: number;
  /** What the worker gets, without what could not be had. */
  readonly entries: readonly ManifestEntry[];
  /** Names of the same for reports: paths relative to the input. */
  readonly files: readonly string[];
  /** Local paths of the same files. */
  readonly paths: readonly string[];
  /** The numbers of their first rows in the files that they are parts of, where any is a part. */
  readonly firstRows?: readonly number[];
  /** The folder that the paths start with, where it is not that of the whole claim. */
  readonly root?: string;
  readonly unreadable: readonly UnreadableFile[];
  /** What was seen of those that are read in place, when they were made ready. */
  readonly seen: readonly (SeenFile | undefined)[];
  /** Files of it that had changed by then. */
  readonly changes: readonly FileChange[];
  /** Why there is nothing to hand to a worker. */
  readonly fault?: BatchpointError;
  /** What kept files from being had and may pass: a store that is away for a moment. */
  readonly passing?: BatchpointError;
  /** Whether fetching it was ended before it was done. */
  readonly unfinished?: boolean;
}

/** Where a feed puts what it fetches. */
export interface FeedFolders {
  /** Files of the input. */
  readonly input: string;
  /** Parts of files, below a folder for each mini-batch. */
  readonly parts: string;
}

/** Mini-batches that are made ready at once while others are scored. */
const ahead = 4;

/** Files of one mini-batch that are fetched at once. */
const fetchedAtOnce = 32;

/** Makes the mini-batches of a claim ready in their order: the files of the next are fetched while one is scored. */
export class MiniBatchFeed {
  private readonly ready = new Map<number, Promise<ReadyMiniBatch>>();
  private readonly arrived = new Set<number>();
  private readonly parts: PartMaker;

  constructor(
    private readonly manifest: Pick<ManifestReader, 'files'>,
    private readonly source: InputSource,
    private readonly folders: FeedFolders,
    private readonly end: number,
    /** Raised when nothing is to be fetched any more. */
    private readonly signal: AbortSignal,
    private readonly fileChanges: FileChanges,
  ) {
    this.parts = new PartMaker(source, folders.parts, signal);
  }

  /** The folder that local paths start with; what follows is the path relative to the input. */
  get root(): string {
    return this.source.inPlace ?? this.folders.input;
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
    return this.arrived.has(index) || (this.source.inPlace !== undefined && !this.parts.isUsed);
  }

  /** Files of a mini-batch that changed after they were listed, until now that it is done. */
  async changes({ entries, paths, seen, changes }: ReadyMiniBatch): Promise<readonly FileChange[]> {
    const inPlace = entries.flatMap((entry, i) => {
      const [path, before] = [paths[i], seen[i]];
      return path === undefined || before === undefined ? [] : [{ entry, path, seen: before }];
    });
    const later = inPlace.length === 0 ? [] : await this.fileChanges.after(inPlace);
    if (later.length === 0) return changes;
    return [...changes.filter(({ entry }) => later.every((one) => one.entry !== entry)), ...later];
  }

  /** Forgets a mini-batch that is done, and removes what was fetched for it. */
  async drop({ index, entries, paths }: ReadyMiniBatch): Promise<void> {
    this.ready.delete(index);
    this.arrived.delete(index);
    const copies = paths.filter((_, i) => this.source.inPlace === undefined || isPart(entries[i] ?? ''));
    await Promise.all(copies.map((path) => rm(path, { force: true })));
  }

  /** Waits until nothing is being fetched any more. Nothing is to be asked for after that. */
  async close(): Promise<void> {
    await Promise.allSettled(this.ready.values());
    await this.parts.close();
  }

  private begin(index: number): void {
    const prepared = this.prepare(index);
    // What failed is told to whoever asks for it, and nobody may.
    prepared.catch(() => undefined);
    this.ready.set(index, prepared);
  }

  private async prepare(index: number): Promise<ReadyMiniBatch> {
    const entries = await this.manifest.files(index);
    const found = await inTurn(fetchedAtOnce, entries, (entry) => this.provide(entry, index));
    if (this.signal.aborted && found.some((one) => isFailure(one))) return unfinished(index, entries);
    this.arrived.add(index);
    return assembled(index, entries, found, this.parts.root(index), this.fileChanges);
  }

  /** The local path of an entry, or why it cannot be had. */
  private async provide(entry: ManifestEntry, index: number): Promise<ProvidedFile | BatchpointError> {
    try {
      if (isPart(entry)) return { path: await this.parts.make(entry, index) };
      return await this.source.provide(entryPath(entry), this.folders.input, this.signal);
    } catch (error) {
      // No other file has room either: that is no fault of this one.
      if (isFailure(error, 'StoreFull')) throw error;
      if (isFailure(error)) return error;
      if (!this.signal.aborted) throw error;
      return tooSlow(entryName(entry));
    }
  }
}

/** Puts together what could be had, and tells it from what could not. */
function assembled(
  index: number,
  entries: readonly ManifestEntry[],
  found: readonly (ProvidedFile | BatchpointError)[],
  partsRoot: string,
  fileChanges: FileChanges,
): ReadyMiniBatch {
  const given: ManifestEntry[] = [];
  const paths: string[] = [];
  const unreadable: UnreadableFile[] = [];
  const seen: (SeenFile | undefined)[] = [];
  const changes: FileChange[] = [];
  for (const [i, entry] of entries.entries()) {
    const one = found[i];
    if (one === undefined) continue;
    if (isFailure(one)) {
      unreadable.push({ entry, fault: one });
      continue;
    }
    given.push(entry);
    paths.push(one.path);
    seen.push(one.seen);
    const change = fileChanges.before(entry, one);
    if (change !== undefined) changes.push(change);
  }
  const [first] = unreadable;
  const passing = unreadable.map(({ fault }) => fault.cause).find(mayPass);
  return {
    index,
    entries: given,
    files: given.map(entryName),
    paths,
    ...(given.some(isPart) && {
      firstRows: given.map((entry) => (isPart(entry) ? entry.from : 0)),
      root: partsRoot,
    }),
    unreadable,
    seen,
    changes,
    ...(given.length === 0 && first !== undefined && { fault: first.fault }),
    ...(passing !== undefined && { passing }),
  };
}

function mayPass(cause: unknown): cause is BatchpointError {
  return isFailure(cause) && cause.retryable;
}

function unfinished(index: number, entries: readonly ManifestEntry[]): ReadyMiniBatch {
  const files = entries.map(entryName);
  return {
    index,
    entries,
    files,
    paths: [],
    unreadable: [],
    seen: [],
    changes: [],
    fault: tooSlow(files[0] ?? ''),
    unfinished: true,
  };
}

function tooSlow(file: string): BatchpointError {
  const reason =
    'its mini-batch took so long to come that no run() would fit into the time of the function any more';
  return failure('InputFetchFailed', { file, reason });
}
