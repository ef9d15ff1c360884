import type { ErrorBody } from '../../shared/errors/batchpointError';

/** An error that the host answered a request with. */
export class ServerError extends Error {
  constructor(
    readonly status: number,
    readonly body: ErrorBody,
    /** Whether an attempt without an answer came before: it may have done already what this one was refused. */
    readonly wasRepeated: boolean,
  ) {
    super(body.message);
    this.name = body.code;
  }
}

/** True for an error that a host answered, of that code where one is given. */
export function isServerError(error: unknown, code?: string): error is ServerError {
  return error instanceof ServerError && (code === undefined || error.body.code === code);
}

/** The error in the body of an answer; `undefined` where it holds none. */
export function errorIn(body: Buffer): ErrorBody | undefined {
  try {
    const parsed = JSON.parse(body.toString('utf8')) as { error?: Partial<ErrorBody> } | null;
    const error = parsed?.error;
    if (typeof error?.code === 'string' && typeof error.message === 'string') return error as ErrorBody;
  } catch {
    // Not JSON: then not one of ours.
  }
  return undefined;
}
