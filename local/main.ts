import { appendFileSync } from 'node:fs';

import { BatchpointError } from '../shared/errors/batchpointError';
import { errorReport } from '../shared/errors/errorReport';
import { parseCommandLine, type CommandLine } from './commandLine';
import { hostEnvironment } from './hostEnvironment';
import { lineLog, type HostLog } from './hostLog';
import { silenceSqliteWarning } from '../shared/stores/local/sqliteWarning';

/** Runs a host until it is told to stop, has nothing to do for long enough, or fails. */
async function main(args: readonly string[]): Promise<number> {
  let log = lineLog((line) => process.stderr.write(`${line}\n`));
  try {
    const line = parseCommandLine(args);
    const { log: file } = line;
    if (file !== undefined) log = lineLog((text) => appendFileSync(file, `${text}\n`, { mode: 0o600 }));
    return await serve(line, log);
  } catch (error) {
    // Whoever started the host reads the reason here, also where the log is a file.
    process.stderr.write(`${describe(error)}\n`);
    log.write('critical', 'Host', errorReport(error));
    return 1;
  }
}

async function serve(line: CommandLine, log: HostLog): Promise<number> {
  Object.assign(process.env, hostEnvironment(line.state, process.env));
  process.on('unhandledRejection', (reason) => {
    log.write(
      'error',
      'Host',
      `A promise of the app was rejected and nobody took notice: ${describe(reason)}`,
    );
  });
  // Signals are waited for from here on: whoever learns that the host serves may send one at once.
  const signal = Promise.race([signalled('SIGINT'), signalled('SIGTERM')]);
  const { startHost } = await import('./startHost.js');
  const { app: appRoot, state: stateFolder, port, httpsPort, trace } = line;
  const starting = startHost({
    appRoot,
    stateFolder,
    port,
    ...(httpsPort === undefined ? {} : { httpsPort }),
    servesBlobs: process.env['BATCHPOINT_STORAGE'] === 'local',
    log,
    ...(trace === undefined ? {} : { trace }),
  });
  const host = await Promise.race([starting, signal]);
  if (typeof host === 'string') return 0;
  const failed = host.failed.then((error) => ({ error }));
  const reasons: Promise<string | { error: unknown }>[] = [signal, failed];
  if (line.idleSeconds !== undefined)
    reasons.push(host.whenIdle(line.idleSeconds).then(() => 'nothing to do'));
  const end = await Promise.race(reasons);
  if (typeof end !== 'string') {
    log.write('information', 'Host', 'Stopping: its jobs go on when it is started again.');
    throw end.error;
  }
  log.write('information', 'Host', `Stopping: ${end}.`);
  await host.stop();
  return 0;
}

function signalled(signal: NodeJS.Signals): Promise<string> {
  return new Promise((resolve) => process.once(signal, () => resolve(signal)));
}

function describe(error: unknown): string {
  if (error instanceof BatchpointError) return `${error.code}: ${error.message}`;
  return errorReport(error);
}

silenceSqliteWarning();
void main(process.argv.slice(2)).then((code) => process.exit(code));
