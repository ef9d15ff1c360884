import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

import { failure } from '../shared/errors/batchpointError';

/** What the command line of the host says. Paths are absolute. */
export interface CommandLine {
  readonly app: string;
  readonly state: string;
  readonly port: number;
  /** The port for TLS; undefined for none. */
  readonly httpsPort: number | undefined;
  /** Seconds without work after which the host stops; undefined when it runs until it is told to stop. */
  readonly idleSeconds: number | undefined;
  /** The file to log to; undefined for stderr. */
  readonly log: string | undefined;
  readonly trace: string | undefined;
}

const options = {
  app: { type: 'string' },
  state: { type: 'string' },
  port: { type: 'string' },
  'https-port': { type: 'string' },
  'idle-seconds': { type: 'string' },
  log: { type: 'string' },
  trace: { type: 'string' },
} as const;

/** @throws CommandLineInvalid */
export function parseCommandLine(args: readonly string[]): CommandLine {
  const values = parse(args);
  return {
    app: path('--app', values.app),
    state: path('--state', values.state),
    port: number('--port', values.port, 65_535) ?? 0,
    httpsPort: number('--https-port', values['https-port'], 65_535),
    idleSeconds: number('--idle-seconds', values['idle-seconds'], 86_400_000),
    log: values.log === undefined ? undefined : resolve(values.log),
    trace: values.trace === undefined ? undefined : resolve(values.trace),
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options, strict: true, allowPositionals: false }).values;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw failure('CommandLineInvalid', { reason }, { cause });
  }
}

function path(option: string, value: string | undefined): string {
  if (value === undefined || value === '')
    throw failure('CommandLineInvalid', { reason: `${option} is missing` });
  return resolve(value);
}

function number(option: string, value: string | undefined, most: number): number | undefined {
  if (value === undefined) return undefined;
  const parsed = Number(value);
  if (value.trim() !== '' && Number.isInteger(parsed) && parsed >= 0 && parsed <= most) return parsed;
  throw failure('CommandLineInvalid', {
    reason: `${option} is '${value}', not a whole number from 0 to ${most}`,
  });
}
