import { randomUUID } from 'node:crypto';
import type { HttpResponseInit, InvocationContext } from '@azure/functions';
import { failure, isFailure } from '../../shared/errors/batchpointError';
import { errorReport } from '../../shared/errors/errorReport';

/** The answer to a request that failed: the error envelope of Azure's management API. */
export function errorAnswer(error: unknown, context: InvocationContext): HttpResponseInit {
  if (isFailure(error)) {
    if (error.status >= 500) context.warn(`${error.code}: ${error.message}`);
    const headers = error.status === 401 ? { 'WWW-Authenticate': 'Bearer' } : undefined;
    return { status: error.status, jsonBody: { error: error.toBody() }, ...(headers && { headers }) };
  }
  const id = randomUUID();
  context.error(`${id}: ${errorReport(error)}`);
  return { status: 500, jsonBody: { error: failure('InternalError', { id }).toBody() } };
}
