import type { ErrorBody } from '../../shared/errors/batchpointError';

/** A job that did not come to a good end: the command that followed it fails with the error of the job. */
export class JobFailure extends Error {
  constructor(readonly body: ErrorBody) {
    super(body.message);
    this.name = body.code;
  }
}
