import type { ServerResponse } from 'node:http';

import type { BatchpointError } from '../../shared/errors/batchpointError';

/** Answers a request that reaches no function: with the error envelope that functions answer with too. */
export function refuse(
  response: ServerResponse,
  error: BatchpointError,
  headers: Readonly<Record<string, string>> = {},
): void {
  const body = JSON.stringify({ error: error.toBody() });
  const described = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
  response.writeHead(error.status, { ...described, ...headers }).end(body);
}
