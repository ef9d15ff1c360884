import type { TableClient } from '@azure/data-tables';

type Policy = Parameters<TableClient['pipeline']['addPolicy']>[0];

const etagsBySignal = new WeakMap<object, readonly string[]>();

/**
 * In the body of a group, a removal of whichever version; a value cannot hold such a line, as JSON has none.
 */
const anyVersion = /^(if-match: )\*$/gim;

const policy: Policy = {
  name: 'conditionalRemovals',
  sendRequest: (request, next) => {
    const etags = request.abortSignal === undefined ? undefined : etagsBySignal.get(request.abortSignal);
    if (etags !== undefined && typeof request.body === 'string') {
      const left = [...etags];
      const body = request.body.replace(
        anyVersion,
        (line, header: string) => header + (left.shift() ?? line),
      );
      request.body = body;
      // Who signed the request has set the length of the body as it was.
      request.headers.set('Content-Length', String(Buffer.byteLength(body)));
    }
    return next(request);
  },
};

/**
 * Lets groups of changes remove rows of one version only. The service can do that, but the client's groups
 * have no place for the ETag of a removal, and write that any version will do; this puts the ETag in.
 */
export function addConditionalRemovals(client: TableClient): void {
  client.pipeline.addPolicy(policy);
}

/**
 * Says which versions the removals of a group are for, in their order. `signal` is the one that the call
 * gets.
 */
export function setRemovedVersions(signal: AbortSignal, etags: readonly string[]): void {
  etagsBySignal.set(signal, etags);
}
