import type { HttpRequest } from '@azure/functions';
import { failure } from '../../shared/errors/batchpointError';
import type { Parameter } from './operation';

/** The headers by which a request that starts a job says which it is, in the spellings of all clients. */
export const requestIds: readonly Parameter[] = [
  {
    name: 'Repeatability-Request-ID',
    description: 'An id of the request: the same id never starts a second job.',
    schema: { type: 'string' },
  },
  {
    name: 'repeatability_request-id',
    description: 'The same, in the spelling of older clients.',
    schema: { type: 'string' },
  },
];

/** Characters that the id of a request may have. */
const longestId = 255;

/** The id of a request, by either spelling of its header. Fails with `ParameterInvalid` where both differ, or it is long. */
export function requestIdOf(headers: HttpRequest['headers']): string | undefined {
  const names = ['Repeatability-Request-ID', 'repeatability_request-id'];
  const [id, other] = names.map((name) => headers.get(name)?.trim() ?? '').filter((one) => one !== '');
  if (id === undefined) return undefined;
  const refuse = (expected: string): Error =>
    failure('ParameterInvalid', { name: names.join(' or '), value: id, expected });
  if (other !== undefined && other !== id) throw refuse('the same in both');
  if (id.length > longestId) throw refuse(`at most ${longestId} characters long`);
  return id;
}
