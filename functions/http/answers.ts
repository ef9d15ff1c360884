import type { HttpRequest, HttpResponseInit } from '@azure/functions';
import { failure } from '../../shared/errors/batchpointError';
import type { WriteCondition } from '../../shared/registry/namedResources';
import { baseOf } from './baseUrl';

/** Items on a page of a list, where the client does not say. */
const defaultPageSize = 100;
const largestPageSize = 1_000;

/** An answer with a resource and its ETag. */
export function resourceAnswer(body: object, etag: string | undefined, created = false): HttpResponseInit {
  const headers = etag === undefined ? undefined : { ETag: quoted(etag) };
  return { status: created ? 201 : 200, jsonBody: body, ...(headers && { headers }) };
}

/** A page of a list; `next` is the token of the following one. */
export function listAnswer(request: HttpRequest, value: readonly object[], next?: string): HttpResponseInit {
  if (next === undefined) return { status: 200, jsonBody: { value } };
  const { pathname, search } = new URL(request.url);
  const url = new URL(`${baseOf(request)}${pathname}${search}`);
  url.searchParams.set('$skip', next);
  return { status: 200, jsonBody: { value, nextLink: url.href } };
}

/** Which page of a list a request asks for. */
export function pageOf(request: HttpRequest): { size: number; token: string | undefined } {
  const asked = request.query.get('$top') ?? request.query.get('$maxpagesize');
  const size = asked === null ? defaultPageSize : Number(asked);
  if (asked !== null && !/^0*[1-9]\d{0,14}$/.test(asked))
    throw failure('ParameterInvalid', {
      name: '$top',
      value: asked ?? '',
      expected: 'a whole number from 1',
    });
  const token = request.query.get('$skip') ?? undefined;
  if (token !== undefined && !/^[\w.-]{1,255}$/.test(token)) throw failure('PageTokenInvalid', { token });
  return { size: Math.min(size, largestPageSize), token };
}

/** Whether a deletion is to cancel the jobs that are in its way. */
export function isForced({ query }: HttpRequest): boolean {
  const asked = query.get('force') ?? 'false';
  if (/^(true|false)$/i.test(asked)) return asked.toLowerCase() === 'true';
  throw failure('ParameterInvalid', { name: 'force', value: asked, expected: 'true or false' });
}

/** What a request says of the version that it means to write. */
export function conditionOf(request: HttpRequest): WriteCondition {
  const ifMatch = request.headers.get('if-match');
  const ifNoneMatch = request.headers.get('if-none-match');
  return {
    ...(ifMatch === null ? {} : ifMatch.trim() === '*' ? { mustExist: true } : { etags: etagsOf(ifMatch) }),
    ...(ifNoneMatch?.trim() === '*' ? { mustNotExist: true } : {}),
  };
}

/** ETags of the stores may hold quotes and the like: on the wire they are one opaque word. */
function quoted(etag: string): string {
  return `"${Buffer.from(etag).toString('base64url')}"`;
}

function etagsOf(header: string): string[] {
  return header
    .split(',')
    .map((one) => one.trim().replace(/^(W\/)?"|"$/g, ''))
    .map((etag) => Buffer.from(etag, 'base64url').toString());
}
