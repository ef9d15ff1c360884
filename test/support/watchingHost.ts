import { randomUUID } from 'node:crypto';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';

import type { EventGridEvent, InvocationContext } from '@azure/functions';

import { until } from '../../bench/product/until';
import { openDatabase } from '../../local/durable/store/database';
import { Invoker } from '../../local/invocation/invoker';
import { Watching } from '../../local/watching/watching';
import { makeFolder, removeFolders } from './hostApp';
import { loadedApp } from './hostInProcess';

/** What a function was told of a file. */
interface Told {
  readonly event: EventGridEvent;
  readonly context: InvocationContext;
  /** Its path below the watched folder. */
  readonly path: string;
}

/** The part of a host that watches folders, with the real SDK and a real database, in the process of the test. */
export class WatchingHost {
  readonly state = makeFolder();
  readonly landing = join(this.state, 'landing');
  readonly told: Told[] = [];
  readonly log: string[] = [];
  /** What the function does beyond taking a note; a test may replace it. */
  handler: (path: string) => unknown = () => undefined;
  private database: DatabaseSync | undefined;
  private watching: Watching | undefined;

  constructor() {
    mkdirSync(this.landing);
    this.watch({ id: 'landing', folder: this.landing, settleMilliseconds: 100 });
    this.start();
  }

  /** Writes what is to be watched, as the app does. */
  watch(...places: object[]): void {
    const file = join(this.state, 'watched.json');
    writeFileSync(`${file}.new`, JSON.stringify({ places }));
    renameSync(`${file}.new`, file);
  }

  /** @param timeout milliseconds that the function may take */
  start(timeout?: number): void {
    const app = loadedApp((_, sdk) =>
      sdk.eventGrid('landed', {
        handler: (event, context) => {
          const path = event.subject.split('/blobs/')[1] ?? '';
          this.told.push({ event, context, path });
          return this.handler(path);
        },
      }),
    );
    const log = { write: (_level: string, _category: string, text: string) => void this.log.push(text) };
    this.database = openDatabase(join(this.state, 'durable.db'));
    this.watching = new Watching({
      functions: app.ofTrigger('eventGridTrigger'),
      invoker: new Invoker(app, app.model, log, randomUUID, undefined, () => '{}'),
      database: this.database,
      stateFolder: this.state,
      log,
      timeout,
      pause: 200,
      onProgress: () => undefined,
      onQuiet: () => undefined,
      onFailure: (error) => void this.log.push(String(error)),
    });
    this.watching.start();
  }

  get isBusy(): boolean {
    return this.watching?.isBusy === true;
  }

  stop(): void {
    this.watching?.stop();
    this.database?.close();
  }

  /** Writes a file below the watched folder. */
  write(path: string, text = 'text'): void {
    const file = join(this.landing, path);
    mkdirSync(join(file, '..'), { recursive: true });
    writeFileSync(file, text);
  }

  /** The paths that the function was told of, in their order. */
  paths(): string[] {
    return this.told.map(({ path }) => path);
  }

  /** Waits until the function was told of a file, and so many times. */
  async toldOf(path: string, times = 1): Promise<void> {
    await until(() => this.paths().filter((told) => told === path).length >= times, Boolean);
  }

  /** Waits until all that has landed has been told of, and was written down. */
  async quiet(): Promise<void> {
    await until(() => !this.isBusy, Boolean);
  }

  /** Which files are remembered. */
  remembered(): string[] {
    const rows = this.database?.prepare('SELECT path FROM delivered ORDER BY path').all() ?? [];
    return rows.map(({ path }) => String(path));
  }
}

/** A host of its own for each test of a file. */
export function useWatchingHost(): () => WatchingHost {
  let host: WatchingHost;
  beforeEach(() => (host = new WatchingHost()));
  afterEach(() => {
    host.stop();
    removeFolders();
  });
  return () => host;
}
