import { join } from 'node:path';
import { Readable } from 'node:stream';
import { failure } from '../../../shared/errors/batchpointError';
import type { InputSource, ListOptions, PieceReader, ProvidedFile } from '../../../shared/inputs/inputSource';
import { withFacts, type ListedFile } from '../../../shared/inputs/listedFile';
import { latency } from '../realm/random';
import type { Realm } from '../realm/realm';

/** The files of an input, as it changes. */
export interface InputFolder {
  readonly path: string;
  /** What is listed at a time. */
  readonly listed: (time: number) => readonly string[];
  /** Files that are gone when they are to be read. */
  readonly vanished: ReadonlySet<string>;
  /** Whether files are read where they are; else they are fetched. */
  readonly isInPlace: boolean;
}

/** An input in memory. */
export class SimulatedInput implements InputSource {
  constructor(
    private readonly realm: Realm,
    private readonly folder: InputFolder,
  ) {}

  get inPlace(): string | undefined {
    return this.folder.isInPlace ? this.folder.path : undefined;
  }

  async *list({ sizes = false, wants = () => true }: ListOptions = {}): AsyncGenerator<
    readonly ListedFile[]
  > {
    const { scheduler } = this.realm;
    const names = this.folder.listed(scheduler.time).filter(wants);
    for (let from = 0; from < names.length; from += 4) {
      await scheduler.pause(latency(scheduler.random, 5), 'list the input');
      yield names
        .slice(from, from + 4)
        .map((name) => (sizes ? withFacts(name, { size: name.length }) : name));
    }
  }

  async provide(path: string, folder: string): Promise<ProvidedFile> {
    const { scheduler, files } = this.realm;
    if (!this.folder.isInPlace) await scheduler.pause(latency(scheduler.random, 20), `fetch ${path}`);
    if (this.folder.vanished.has(path))
      throw failure('InputFetchFailed', { file: path, reason: 'it is not there any more' });
    if (this.folder.isInPlace) return { path: join(this.folder.path, path) };
    files.makeFolder(folder);
    files.put(join(folder, path), path);
    return { path: join(folder, path) };
  }

  async open(path: string): Promise<PieceReader> {
    const { scheduler } = this.realm;
    await scheduler.pause(latency(scheduler.random, 20), `open ${path}`);
    return { size: path.length, version: '1', read: () => Promise.resolve(Readable.from([path])) };
  }
}
