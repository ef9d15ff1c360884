import { createHash } from 'node:crypto';
import { failure } from '../errors/batchpointError';
import type { BatchJobResource } from '../schemas/rest/generated';
import type { JobSpec } from '../jobs/jobSpec';
import type { Job } from '../jobs/jobStore';
import type { Invocation } from './invoke';

/** The id of a request, with a digest of what it asks for: whoever asks twice for the same has the same one. */
export function requestOf({ requestId, endpoint, deployment, body }: Invocation): JobSpec['request'] {
  if (requestId === undefined) return undefined;
  const asked = [endpoint.toLowerCase(), deployment?.toLowerCase() ?? null, withoutSecretKeys(body)];
  const digest = createHash('sha256').update(JSON.stringify(asked, sorted)).digest('hex');
  return { id: requestId, digest };
}

/** What a request asks for, but what proves to others who sends: that is in no record but its own. */
function withoutSecretKeys({ properties, ...rest }: BatchJobResource): BatchJobResource {
  const { notifications, ...others } = properties;
  if (notifications === undefined) return { ...rest, properties };
  const told = notifications.map(({ secret, key, sas, ...notification }) => notification);
  return { ...rest, properties: { ...others, notifications: told } };
}

/**
 * The name of a job that was given none. That of a request with an id follows from it, so that doing it again finds
 * the same job; and from the caller, so that nobody finds the job of another one by its id.
 */
export function nameOf(
  { newId }: { readonly newId: () => string },
  { endpoint, requestId, caller, callerId = caller }: Invocation,
): string {
  if (requestId === undefined) return newId();
  const hash = createHash('sha256')
    .update(JSON.stringify([endpoint.toLowerCase(), callerId, requestId]))
    .digest('hex');
  return [
    hash.slice(0, 8),
    hash.slice(8, 12),
    `5${hash.slice(13, 16)}`,
    `a${hash.slice(17, 20)}`,
    hash.slice(20, 32),
  ].join('-');
}

/**
 * The job that is there, if it was made by this request. Fails with `JobExists` where it was made by another one, and
 * with `RequestConflict` where that one had the same id and asked for something else.
 */
export function sameOrRefuse(job: Job, invocation: Invocation): Job {
  const { request: made, caller, callerId = caller } = job.spec;
  const request = requestOf(invocation);
  const isOwn = callerId === (invocation.callerId ?? invocation.caller);
  if (request === undefined || made?.id !== request.id || !isOwn)
    throw failure('JobExists', { job: job.spec.name });
  if (made.digest !== request.digest) throw failure('RequestConflict', { id: request.id });
  return job;
}

/** Writes members in the order of their names: the order in which a client wrote them says nothing. */
function sorted(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
}
