import { randomBytes, randomUUID } from 'node:crypto';

import { databaseFailure } from '../shared/stores/local/databaseErrors';
import type { FunctionsApp } from './app/functionsApp';
import type { HostSettings } from './app/hostSettings';
import { DurableApi } from './durable/client/durableApi';
import { clientBinding } from './durable/client/managementUrls';
import { Engine } from './durable/engine/engine';
import { DurableStore } from './durable/store/durableStore';
import type { BlobEndpoint } from './blobs/blobEndpoint';
import type { HostLog } from './hostLog';
import { DurableEndpoint } from './http/durableEndpoint';
import { FunctionEndpoint } from './http/functionEndpoint';
import type { Endpoints, HttpServer } from './http/httpServer';
import { bodyLimit } from './http/requestBody';
import { RouteTable } from './http/routeTable';
import { StreamProxy } from './http/streamProxy';
import type { IdleWatch } from './idleWatch';
import { Invoker } from './invocation/invoker';
import type { Trace } from './invocation/trace';
import type { StateFolder } from './stateFolder';
import { ScheduleTable } from './timers/scheduleTable';
import { TimerRunner } from './timers/timerRunner';
import { Watching } from './watching/watching';

/** What a host is put together from. */
interface HostParts {
  readonly app: FunctionsApp;
  readonly settings: HostSettings;
  readonly folder: StateFolder;
  readonly origin: string;
  readonly log: HostLog;
  readonly trace: Trace | undefined;
  readonly idle: IdleWatch;
  readonly blobs: BlobEndpoint | undefined;
}

/** Milliseconds that requests have to finish when the host stops. */
const patience = 5_000;

/** A loaded app and everything that triggers its functions. */
export class Host {
  /** Resolves with the error when the store fails; nothing is worked on then. */
  readonly failed: Promise<unknown>;
  private readonly store: DurableStore;
  private readonly invoker: Invoker;
  private readonly engine: Engine;
  private readonly timers: readonly TimerRunner[];
  private readonly watching: Watching;
  private readonly key: string;

  constructor(private readonly parts: HostParts) {
    const { app, settings, folder, log, trace, idle } = parts;
    this.store = new DurableStore(folder.database);
    this.key = this.store.settings.getOrMake('managementKey', () => randomBytes(32).toString('base64url'));
    const binding = clientBinding(parts.origin, { hubName: settings.hubName, key: this.key });
    this.invoker = new Invoker(app, app.model, log, randomUUID, trace, () => binding);
    let fail: (error: unknown) => void = () => undefined;
    this.failed = new Promise((resolve) => (fail = resolve));
    const onFailure = (error: unknown): void => fail(databaseFailure(error, folder.path));
    this.engine = new Engine({
      store: this.store,
      app,
      invoker: this.invoker,
      limits: { concurrency: settings.maxConcurrentActivities, timeout: settings.functionTimeout },
      log,
      newExecution: () => randomUUID().replaceAll('-', ''),
      onProgress: () => idle.touch(),
      onFailure,
    });
    this.timers = this.timerRunners(new ScheduleTable(folder.database));
    this.watching = new Watching({
      functions: app.ofTrigger('eventGridTrigger'),
      invoker: this.invoker,
      database: folder.database,
      stateFolder: folder.path,
      log,
      timeout: settings.functionTimeout,
      onProgress: () => idle.touch(),
      onQuiet: () => idle.look(),
      onFailure,
    });
  }

  /** True when nothing runs and no instance is unfinished. */
  get isIdle(): boolean {
    const isBusy = this.timers.some((timer) => timer.isBusy);
    return !isBusy && !this.watching.isBusy && this.engine.isIdle && !this.store.instances.hasUnfinished();
  }

  /** Begins to work, and says who answers requests. */
  async start(): Promise<Endpoints> {
    const { app, settings, log, trace, blobs } = this.parts;
    const streams = await StreamProxy.of(app.model);
    await app.hooks.run('appStart', {});
    const limit = bodyLimit(process.env.FUNCTIONS_REQUEST_BODY_SIZE_LIMIT);
    const access = { hubName: settings.hubName, key: this.key };
    const endpoints = {
      routes: new RouteTable(app.ofTrigger('httpTrigger'), settings.routePrefix),
      functions: new FunctionEndpoint(this.invoker, streams, limit, log),
      durable: new DurableEndpoint(new DurableApi(this.store, this.engine, access), this.key, limit, trace),
      blobs,
    };
    this.engine.start();
    for (const timer of this.timers) timer.start();
    this.watching.start();
    return endpoints;
  }

  /** Begins nothing more, and lets the answers finish that functions are at. */
  async stop(server: HttpServer): Promise<void> {
    this.engine.stop();
    for (const timer of this.timers) timer.stop();
    this.watching.stop();
    await server.close(patience);
    await this.parts.blobs?.close();
    await this.parts.app.hooks.run('appTerminate', {});
  }

  private timerRunners(schedules: ScheduleTable): TimerRunner[] {
    const { app, log, idle } = this.parts;
    const parts = {
      invoker: this.invoker,
      schedules,
      log,
      settings: process.env,
      now: () => new Date(),
      wait: (milliseconds: number, callback: () => void) => {
        const timer = setTimeout(callback, milliseconds);
        return () => clearTimeout(timer);
      },
      // The clock alone keeps no host alive: an app whose timer runs every minute would never be idle.
      onRun: () => idle.look(),
    };
    return app.ofTrigger('timerTrigger').map((fn) => new TimerRunner(fn, parts));
  }
}
