import { resolve } from 'node:path';

import { serviceSegment } from '../shared/blobService/serviceUrl';
import { readHostSettings } from './app/hostSettings';
import { formatTimeSpan } from './app/timeSpan';
import { loadApp } from './app/loadApp';
import { readPackageFile } from './app/packageFile';
import type { BlobEndpoint } from './blobs/blobEndpoint';
import { Host } from './host';
import { leveledLog, type HostLog } from './hostLog';
import { HttpServer } from './http/httpServer';
import { IdleWatch } from './idleWatch';
import { Trace } from './invocation/trace';
import { StateFolder } from './stateFolder';

export type { HostLog, LogLevel } from './hostLog';
export type { HostInfo } from './stateFolder';

/** What a host is started with. */
interface HostOptions {
  /** The folder of the app, with its package.json (main) and host.json. */
  readonly appRoot: string;
  readonly stateFolder: string;
  /** 0 or absent for a free one. */
  readonly port?: number;
  /** Another port, for TLS; 0 for a free one, absent for none. */
  readonly httpsPort?: number;
  /** Whether the blobs of the state folder are served to clients that have a signature. */
  readonly servesBlobs?: boolean;
  readonly log: HostLog;
  /** A file that gets one JSON line for each invocation, with what was sent and answered. */
  readonly trace?: string;
}

/** A host that serves an app. */
interface RunningHost {
  readonly url: string;
  readonly port: number;
  /** Resolves with the error when the state can no longer be written: orchestrations rest then. */
  readonly failed: Promise<unknown>;
  /** Resolves when no instance is unfinished and no HTTP request came for so many seconds. */
  whenIdle(seconds: number): Promise<void>;
  /** Takes no more work, lets HTTP answers finish, and leaves orchestrations to the next start. */
  stop(): Promise<void>;
}

/** Where an app finds the URL of the Blob service of its host. */
const blobServiceSetting = 'BATCHPOINT_BLOB_SERVICE';

/** Where Azure has the setting that overrides `functionTimeout` of host.json. */
const timeoutSetting = 'AzureFunctionsJobHost__functionTimeout';

function limitText(milliseconds: number | undefined): string {
  return milliseconds === undefined ? '-1' : formatTimeSpan(milliseconds);
}

/**
 * Runs an unchanged Azure Functions app in this process. A process can hold one host.
 *
 * @throws StateFolderHeld, PortTaken, AppFolderInvalid, HostFileInvalid, FeatureNotSupported
 */
export async function startHost(options: HostOptions): Promise<RunningHost> {
  const appRoot = resolve(options.appRoot);
  const settings = readHostSettings(appRoot, process.env[timeoutSetting]);
  const { main, version } = readPackageFile(appRoot);
  const log = leveledLog(options.log, settings.logLevel);
  const folder = StateFolder.take(resolve(options.stateFolder));
  const idle = new IdleWatch(() => !server.isBusy && host?.isIdle === true);
  const server = new HttpServer(log, () => idle.touch());
  let host: Host | undefined;
  let blobs: BlobEndpoint | undefined;
  let trace: Trace | undefined;
  const release = (): void => {
    trace?.close();
    folder.release();
  };
  try {
    const port = await server.listen(options.port ?? 0);
    const url = `http://127.0.0.1:${port}`;
    const secure = await listenSecurely(server, options, folder);
    // Without it the durable client writes another port into the addresses that it hands out.
    process.env.WEBSITE_HOSTNAME ??= `127.0.0.1:${port}`;
    // An app may want to know how long its functions may take.
    process.env[timeoutSetting] ??= limitText(settings.functionTimeout);
    if (options.servesBlobs === true) {
      const { BlobEndpoint } = await import('./blobs/blobEndpoint.js');
      blobs = await BlobEndpoint.open(folder.path, log);
      process.env[blobServiceSetting] ??= `${secure?.url ?? url}/${serviceSegment}`;
    }
    const app = await loadApp(appRoot, main, log);
    trace = options.trace === undefined ? undefined : new Trace(options.trace);
    const running = new Host({ app, settings, folder, origin: url, log, trace, idle, blobs });
    host = running;
    server.serve(await running.start());
    folder.announce({
      pid: process.pid,
      url,
      port,
      ...(secure === undefined ? {} : { httpsUrl: secure.url }),
      version,
      startedAt: new Date().toISOString(),
    });
    const also = secure === undefined ? '' : ` They are at ${secure.url} too.`;
    log.write('information', 'Host', `Serving ${app.all().length} functions at ${url}.${also}`);
    let stopped: Promise<void> | undefined;
    return {
      url,
      port,
      failed: running.failed,
      whenIdle: (seconds) => idle.quietFor(seconds),
      stop: () => (stopped ??= running.stop(server).finally(release)),
    };
  } catch (error) {
    if (host === undefined) await blobs?.close().catch(() => undefined);
    await (host?.stop(server) ?? server.close(0)).catch(() => undefined);
    release();
    throw error;
  }
}

/** Takes the port for TLS, with a certificate of the state folder. Its code is loaded where it is asked for. */
async function listenSecurely(
  server: HttpServer,
  { httpsPort }: HostOptions,
  folder: StateFolder,
): Promise<{ readonly url: string } | undefined> {
  if (httpsPort === undefined) return undefined;
  const { serverCredentials } = await import('./tls/certificates.js');
  const port = await server.listenSecurely(httpsPort, await serverCredentials(folder.path, new Date()));
  // By name: clients take an account out of the host name up to its first dot.
  return { url: `https://localhost:${port}` };
}
