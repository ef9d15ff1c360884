import { tellsDiskFull } from '../stores/fileErrors';
import { failure, type BatchpointError } from '../errors/batchpointError';
import type { ExceptionFields, FileFailure } from './workerMessages';

/** The error of an attempt at a mini-batch that the script ended itself. */
export function attemptFault(
  kind: 'raised' | 'exited' | 'result' | 'file-name',
  [exception, message]: ExceptionFields,
): BatchpointError {
  switch (kind) {
    case 'raised':
      return failure('RunRaised', { exception, message });
    case 'exited':
      return failure('RunExited', { message });
    case 'result':
      return failure('ResultInvalid', { message });
    case 'file-name':
      return failure('ScriptFileNameInvalid', { name: message });
  }
}

/** The error of one file that failed alone. */
export function fileFault(kind: FileFailure[1], [exception, message]: ExceptionFields): BatchpointError {
  return kind === 'input'
    ? failure('FileInvalid', { message })
    : failure('RunRaised', { exception, message });
}

/** The error of a worker that could not write its rows below `folder`. */
export function brokenFault(reason: string, folder: string): BatchpointError {
  return tellsDiskFull(reason)
    ? failure('StoreFull', { store: folder, reason })
    : failure('WorkerBroken', { reason });
}
