import { types } from 'node:util';
import { type BatchpointError, failure, isFailure } from '../../errors/batchpointError';
import { withoutSecrets } from '../../errors/withoutSecrets';

/** What a service, or the way to it, answered instead of success. Its texts are free of secrets. */
export interface ServiceProblem {
  /** 0 where no answer came. */
  readonly status: number;
  /** The service's own code, as `BlobNotFound`, or the network's, as `ECONNRESET`. */
  readonly code: string;
  readonly message: string;
}

const credentialCodes = new Set([
  'AuthenticationFailed',
  'InvalidAuthenticationInfo',
  'NoAuthenticationInformation',
  'AuthenticationError',
  'AggregateAuthenticationError',
  'AuthenticationRequiredError',
  'CredentialUnavailableError',
]);
const missingCodes = new Set(['ContainerNotFound', 'TableNotFound', 'ResourceNotFound', 'ENOTFOUND']);
const passingCodes = new Set([
  'ContainerBeingDeleted',
  'TableBeingDeleted',
  'OperationTimedOut',
  'InvalidBlockList',
  // Bytes that were changed on their way, in either direction.
  'Md5Mismatch',
  'PARSE_ERROR',
]);

/** Reads an error of the Azure packages; `undefined` for one that is not theirs, as a mistake in the code. */
export function problemOf(error: unknown): ServiceProblem | undefined {
  if (!types.isNativeError(error) || isFailure(error)) return undefined;
  const message = withoutSecrets(error.message.split('\n')[0] ?? '');
  if (credentialCodes.has(error.name)) return { status: 0, code: error.name, message };
  if (error.name !== 'RestError') return undefined;
  return { status: statusOf(error), code: withoutSecrets(codeOf(error)), message };
}

/** True where a service answered with one of these codes of its own. */
export function hasCode(error: unknown, ...codes: readonly string[]): boolean {
  const problem = problemOf(error);
  return problem !== undefined && codes.includes(problem.code);
}

/** The error of the catalogue for one of the Azure packages; other errors come back as they are. */
export function azureFailure(error: unknown, store: string): unknown {
  const problem = problemOf(error);
  return problem === undefined ? error : failureOf(problem, store);
}

// The package's error is not passed on as the cause: it holds the request, with its signatures.
function failureOf({ status, code, message }: ServiceProblem, store: string): BatchpointError {
  const parts = [status === 0 ? '' : status, code, message.replace(/\.$/, '')];
  const reason = parts.filter((part) => part !== '').join(' ');
  if (missingCodes.has(code)) return failure('StoreMissing', { store, reason });
  if (status === 401 || credentialCodes.has(code))
    return failure('StoreCredentialsRefused', { store, reason });
  if (status === 403) return failure('StoreForbidden', { store, reason });
  const mayPass = status === 0 || status === 408 || status === 429 || (status >= 500 && status !== 501);
  if (mayPass || passingCodes.has(code)) return failure('StoreUnavailable', { store, reason });
  return failure('StoreRefused', { store, reason });
}

function statusOf(error: Error): number {
  return 'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : 0;
}

/** The code stands in the header of an answer, which the package puts into `details`, or in its body. */
function codeOf(error: Error): string {
  const details: unknown = 'details' in error ? error.details : undefined;
  const isOfHeader = typeof details === 'object' && details !== null && 'errorCode' in details;
  if (isOfHeader && typeof details.errorCode === 'string') return details.errorCode;
  return 'code' in error && typeof error.code === 'string' ? error.code : '';
}
