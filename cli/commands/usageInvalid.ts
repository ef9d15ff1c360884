import { failure } from '../../shared/errors/batchpointError';

/** The error of a command line that is not as expected; `path` is the command or group that it is about. */
export function usageInvalid(reason: string, path = ''): Error {
  const sentence = /[.?!]$/.test(reason) ? reason : `${reason}.`;
  return failure('UsageInvalid', { reason: sentence, command: path === '' ? '' : `${path} ` });
}
