import { createHash } from 'node:crypto';
import { openRoute } from '../openRoute';
import { operations, type OpenOperation } from '../operation';
import { openApiDocument } from './document';

/** The description as it is sent; made at the first request, when all operations are known. */
let served: { readonly text: string; readonly etag: string } | undefined;

const openApi: OpenOperation = {
  access: 'anybody',
  methods: ['GET'],
  path: 'openapi.json',
  summary: 'This description.',
  headers: [
    { name: 'If-None-Match', description: 'The ETag of what the client has.', schema: { type: 'string' } },
  ],
  answers: { 200: 'Json', 304: 'Nothing' },
  answerHeaders: { 200: ['ETag'], 304: ['ETag'] },
};
openRoute('openApi', openApi, (request) => {
  const { text, etag } = (served ??= description());
  const headers = { ETag: etag, 'Cache-Control': 'no-cache' };
  if (request.headers.get('if-none-match') === etag) return { status: 304, headers };
  return { status: 200, body: text, headers: { ...headers, 'Content-Type': 'application/json' } };
});

function description(): { text: string; etag: string } {
  const text = JSON.stringify(openApiDocument(operations));
  return { text, etag: `"${createHash('sha256').update(text).digest('base64url')}"` };
}
