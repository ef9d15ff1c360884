import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';

import { failure } from '../../shared/errors/batchpointError';
import { isLogLevel, type LogLevel } from '../hostLog';
import { parseTimeSpan } from './timeSpan';

/** What the host reads from an app's host.json. */
export interface HostSettings {
  /** Path before the route of each HTTP function, without slashes; may be empty. */
  readonly routePrefix: string;
  readonly hubName: string;
  readonly maxConcurrentActivities: number;
  /** Milliseconds that an activity may take; undefined when it may take for ever. */
  readonly functionTimeout: number | undefined;
  readonly logLevel: LogLevel;
}

/**
 * Reads host.json of an app. What the embedded host has no use for is not looked at. `functionTimeout` overrides the
 * one in the file, as `AzureFunctionsJobHost__functionTimeout` does everywhere.
 */
export function readHostSettings(appRoot: string, functionTimeout?: string): HostSettings {
  const file = join(appRoot, 'host.json');
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    const reason = `its host.json cannot be read (${cause instanceof Error ? cause.message : String(cause)})`;
    throw failure('AppFolderInvalid', { folder: appRoot, reason }, { cause });
  }
  return parseHostSettings(content, functionTimeout);
}

/** The settings in the parsed content of a host.json. */
export function parseHostSettings(content: unknown, timeout?: string): HostSettings {
  return {
    routePrefix: routePrefix(setting(content, 'extensions.http.routePrefix')),
    hubName: text('extensions.durableTask.hubName', content) ?? 'TestHubName',
    maxConcurrentActivities: maxConcurrentActivities(content),
    functionTimeout: functionTimeout(timeout ?? setting(content, 'functionTimeout')),
    logLevel: logLevel(setting(content, 'logging.logLevel.default')),
  };
}

function setting(content: unknown, field: string): unknown {
  let value = content;
  for (const name of field.split('.')) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = Object.entries(value).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
  }
  return value;
}

function text(field: string, content: unknown): string | undefined {
  const value = setting(content, field);
  if (value === undefined || typeof value === 'string') return value;
  throw invalid(field, 'a string', value);
}

function routePrefix(value: unknown): string {
  if (value === undefined) return 'api';
  if (typeof value !== 'string') throw invalid('extensions.http.routePrefix', 'a string', value);
  return value.replace(/^\/+|\/+$/g, '');
}

function maxConcurrentActivities(content: unknown): number {
  const field = 'extensions.durableTask.maxConcurrentActivityFunctions';
  const value = setting(content, field);
  if (value === undefined) return 10 * availableParallelism();
  if (typeof value === 'number' && Number.isInteger(value) && value > 0) return value;
  throw invalid(field, 'a whole number above zero', value);
}

function functionTimeout(value: unknown): number | undefined {
  if (value === undefined || value === '-1') return undefined;
  const milliseconds = typeof value === 'string' ? parseTimeSpan(value) : undefined;
  if (milliseconds === undefined || milliseconds <= 0) {
    throw invalid('functionTimeout', "a time span such as '00:05:00', or '-1' for no limit", value);
  }
  return milliseconds;
}

function logLevel(value: unknown): LogLevel {
  if (value === undefined) return 'information';
  const name = typeof value === 'string' ? value.toLowerCase() : '';
  if (name === 'none') return 'critical';
  if (isLogLevel(name)) return name;
  throw invalid('logging.logLevel.default', 'the name of a log level', value);
}

function invalid(field: string, expected: string, value: unknown): Error {
  return failure('HostFileInvalid', { field, expected, found: JSON.stringify(value) });
}
