import { catalogue, type ErrorCode } from '../../../shared/errors/catalogue';
import type { NamedOperation } from '../operation';

/** All errors of a client that an operation may answer, by their status. */
export function refusalsOf(operation: NamedOperation): Map<number, ErrorCode[]> {
  const codes = new Set<ErrorCode>([...following(operation), ...(operation.refusals ?? [])]);
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of [...codes].sort()) {
    const { status } = catalogue[code];
    if (status < 500) byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return new Map([...byStatus].sort(([one], [other]) => one - other));
}

/** The errors that follow from what an operation takes. */
function* following(operation: NamedOperation): Iterable<ErrorCode> {
  const { path, methods, body, query = [], headers = [] } = operation;
  // What hosts answer before the function is reached.
  yield* ['HostHeaderRefused', 'PathInvalid', 'RouteNotFound'] as const;
  if ('audience' in operation) {
    yield* ['TokenMissing', 'TokenInvalid', 'RoleMissing', 'ApiVersionUnknown'] as const;
    if (path.includes('{')) yield* ['ResourceNotFound'] as const;
    if (path.includes('{version}')) yield* ['VersionNotFound', 'NoCurrentVersion'] as const;
  } else if (operation.access === 'link') yield* ['LinkInvalid', 'JobPagesOff'] as const;
  if (query.some(({ name }) => name === '$top')) yield* ['ParameterInvalid', 'PageTokenInvalid'] as const;
  if (query.some(({ name }) => name === 'listViewType')) yield 'ParameterInvalid';
  if (query.some(({ name }) => name === 'force')) yield* ['ParameterInvalid', 'ResourceDeleting'] as const;
  if (headers.some(({ name }) => name === 'If-Match')) yield 'ResourceChanged';
  if (methods.some((method) => method !== 'GET' && method !== 'HEAD')) yield 'RequestBodyTooLarge';
  if (body !== undefined) yield 'ContentTypeUnsupported';
  if (body !== undefined) yield* ['BodyInvalid', 'BodyNotJson', 'NameInvalid', 'RowTooLarge'] as const;
}
