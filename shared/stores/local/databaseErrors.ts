import { types } from 'node:util';
import { type BatchpointError, failure, isFailure } from '../../errors/batchpointError';

/** Primary result codes of SQLite, https://sqlite.org/rescode.html */
const resultCode = {
  permission: 3,
  busy: 5,
  locked: 6,
  readOnly: 8,
  damaged: 11,
  full: 13,
  cannotOpen: 14,
  notADatabase: 26,
} as const;

/**
 * The error of the catalogue for what SQLite reported of the database at `path`; other errors come back as
 * they are.
 */
export function databaseFailure(error: unknown, path: string): unknown {
  const code = resultCodeOf(error);
  if (isFailure(error) || code === undefined) return error;
  return failureOf(code, path, describe(error), error);
}

/** True where another connection holds the lock that was needed. */
export function isDatabaseBusy(error: unknown): boolean {
  const code = resultCodeOf(error);
  return code === resultCode.busy || code === resultCode.locked;
}

function failureOf(code: number, store: string, reason: string, cause: unknown): BatchpointError {
  switch (code) {
    case resultCode.full:
      return failure('StoreFull', { store, reason }, { cause });
    case resultCode.permission:
    case resultCode.readOnly:
    case resultCode.cannotOpen:
      return failure('StoreForbidden', { store, reason }, { cause });
    case resultCode.damaged:
    case resultCode.notADatabase:
      return failure('StoreDamaged', { store, reason }, { cause });
    default:
      return failure('StoreUnavailable', { store, reason }, { cause });
  }
}

/** The low byte of an extended result code is the primary one. */
function resultCodeOf(error: unknown): number | undefined {
  const isOfSqlite = types.isNativeError(error) && 'errcode' in error && typeof error.errcode === 'number';
  return isOfSqlite ? Number(error.errcode) & 0xff : undefined;
}

function describe(error: unknown): string {
  return types.isNativeError(error) ? error.message : String(error);
}
