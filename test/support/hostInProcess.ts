import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';

import type * as functions from '@azure/functions';
import type * as durable from 'durable-functions';

import { functionsCore } from '../../local/app/functionsCore';
import { FunctionsApp } from '../../local/app/functionsApp';
import { startInstance } from '../../local/durable/client/startInstance';
import type { ActivityLimits } from '../../local/durable/engine/activityRunner';
import { Effects } from '../../local/durable/engine/effects';
import { Engine } from '../../local/durable/engine/engine';
import { eventRaised } from '../../local/durable/history/makeEvent';
import { openDatabase } from '../../local/durable/store/database';
import { DurableStore } from '../../local/durable/store/durableStore';
import { isUnfinished, type Instance } from '../../local/durable/store/instanceTable';
import type { HostLog } from '../../local/hostLog';
import { Invoker } from '../../local/invocation/invoker';
import { makeFolder, removeFolders } from './hostApp';

const silent: HostLog = { write: () => undefined };

/** Registers the functions of a test's app. */
export type Register = (df: typeof durable, app: typeof functions.app) => void;

/** How an engine is to be made, where it is not as usual. */
export interface EngineOptions {
  readonly limits?: Partial<ActivityLimits>;
  /** Makes the store; one that fails stands for a process that dies. */
  readonly makeStore?: (database: DatabaseSync) => DurableStore;
}

/** An engine with the real SDKs and a real store in the process of the test, without HTTP. */
export class InProcessHost {
  readonly database: DatabaseSync;
  store: DurableStore;
  engine: Engine;
  /** The error that the engine has failed with. */
  failure: unknown;
  private readonly app: FunctionsApp;
  private listeners: (() => void)[] = [];

  constructor(register: Register, options: EngineOptions = {}) {
    this.app = loadedApp(register);
    this.database = openDatabase(join(makeFolder(), 'durable.db'));
    [this.store, this.engine] = this.makeEngine(options);
    this.engine.start();
  }

  /** Leaves the engine as it is and starts another one on its store, as a new process would. */
  restart(options: EngineOptions = {}): void {
    this.engine.stop();
    this.failure = undefined;
    [this.store, this.engine] = this.makeEngine(options);
    this.engine.start();
  }

  start(name: string, input: unknown = {}, id: string = randomUUID()): string {
    const effects = new Effects();
    const start = { id, name, input: JSON.stringify(input), execution: randomUUID() };
    this.store.transaction(() => startInstance(this.store, effects, start, this.store.clock.text()));
    this.engine.apply(effects);
    return id;
  }

  raise(id: string, name: string, input: unknown): void {
    const effects = new Effects();
    this.store.transaction(() =>
      this.store.inbox.put(id, null, eventRaised(name, JSON.stringify(input), this.store.clock.text())),
    );
    effects.ready.push(id);
    this.engine.apply(effects);
  }

  /** Waits until an instance is over. Fails when the engine fails first. */
  async ended(id: string): Promise<Instance> {
    return this.until(() => {
      const instance = this.store.instances.get(id);
      return instance !== undefined && !isUnfinished(instance.status) ? instance : undefined;
    });
  }

  /** Waits until something can be seen; it is looked for after each step of the engine. */
  async until<Seen>(look: () => Seen | undefined): Promise<Seen> {
    for (;;) {
      if (this.failure !== undefined) throw this.failure as Error;
      const seen = look();
      if (seen !== undefined) return seen;
      await new Promise<void>((resolve) => this.listeners.push(resolve));
    }
  }

  async run(name: string, input?: unknown, id?: string): Promise<Instance> {
    return this.ended(this.start(name, input, id));
  }

  close(): void {
    this.engine.stop();
    this.database.close();
  }

  private makeEngine({ limits, makeStore }: EngineOptions): [DurableStore, Engine] {
    const store = makeStore?.(this.database) ?? new DurableStore(this.database);
    const invoker = new Invoker(this.app, this.app.model, silent, randomUUID, undefined, () => '{}');
    const engine = new Engine({
      store,
      app: this.app,
      invoker,
      limits: { concurrency: 20, timeout: undefined, ...limits },
      log: silent,
      newExecution: () => randomUUID().replaceAll('-', ''),
      onProgress: () => this.notify(),
      onFailure: (error) => {
        this.failure = error;
        this.notify();
      },
    });
    return [store, engine];
  }

  private notify(): void {
    for (const listener of this.listeners.splice(0)) listener();
  }
}

/** The parsed output of an instance. */
export function output(instance: Instance): unknown {
  return JSON.parse(instance.output ?? 'null') as unknown;
}

/** Loads the SDKs afresh, with this app in the place of their host. */
export function loadedApp(register: Register): FunctionsApp {
  const app = new FunctionsApp();
  jest.isolateModules(() => {
    jest.doMock('@azure/functions-core', () => functionsCore(app, silent), { virtual: true });
    const { app: sdk } = jest.requireActual<typeof functions>('@azure/functions');
    register(jest.requireActual<typeof durable>('durable-functions'), sdk);
  });
  return app;
}

/** A host of its own for each test of a file, closed after it. */
export function useInProcessHost(register: Register): () => InProcessHost {
  let host: InProcessHost;

  beforeEach(() => {
    host = new InProcessHost(register);
  });

  afterEach(() => {
    host.close();
    removeFolders();
  });

  return () => host;
}
