import { randomBytes } from 'node:crypto';
import { app, type HttpRequest, type HttpResponseInit, type InvocationContext } from '@azure/functions';
import { isFailure } from '../../shared/errors/batchpointError';
import { mostBytes } from '../../shared/outputs/jobFileAccess';
import { jobPage, refusedPage } from '../../studio/jobPage';
import { services } from '../services';
import { errorAnswer } from './errorAnswer';

const path = 'studio/jobs/{job}';

app.http('studioJob', { methods: ['GET'], authLevel: 'anonymous', route: path, handler: page });

app.http('studioJobFile', {
  methods: ['GET'],
  authLevel: 'anonymous',
  route: `${path}/files/{*file}`,
  handler: file,
});

/** The page of a job. The token in its URL is good for this job alone. */
async function page(request: HttpRequest, context: InvocationContext): Promise<HttpResponseInit> {
  const nonce = randomBytes(16).toString('base64');
  try {
    const ready = await services();
    const [name, token] = [request.params['job'] ?? '', request.query.get('token')];
    await ready.tokens.verifyLink(token, name);
    const job = await ready.jobs.get(name);
    const files = await ready.jobFiles.list(job);
    const link = (one: string): string =>
      `${encodeURIComponent(name)}/files/${one.split('/').map(encodeURIComponent).join('/')}?token=${token ?? ''}`;
    return htmlAnswer(200, jobPage(job, files, { file: link }, nonce), nonce);
  } catch (error) {
    if (!isFailure(error)) return errorAnswer(error, context);
    return htmlAnswer(error.status, refusedPage(error.message, nonce), nonce);
  }
}

/** A file of a job for the browser: shown as plain text, whatever a script has put into it. */
async function file(request: HttpRequest, context: InvocationContext): Promise<HttpResponseInit> {
  try {
    const ready = await services();
    const name = request.params['job'] ?? '';
    await ready.tokens.verifyLink(request.query.get('token'), name);
    const piece = await ready.jobFiles.read(
      await ready.jobs.get(name),
      request.params['file'] ?? '',
      0,
      mostBytes,
    );
    const cut = piece.bytes.length < piece.size;
    const notice = `\n[... the first ${piece.bytes.length} of ${piece.size} bytes; 'batchpoint job download -n ${name} --all' gets all of them ...]\n`;
    return {
      status: 200,
      body: cut ? Buffer.concat([piece.bytes, Buffer.from(notice)]) : piece.bytes,
      headers: {
        ...guards,
        'Content-Type': 'text/plain; charset=utf-8',
        'Content-Security-Policy': "sandbox; default-src 'none'",
      },
    };
  } catch (error) {
    return errorAnswer(error, context);
  }
}

/** The token stands in the URL: nothing may pass that on, or keep what it showed. */
const guards = {
  'Cache-Control': 'no-store',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
} as const;

function htmlAnswer(status: number, body: string, nonce: string): HttpResponseInit {
  const policy = `default-src 'none'; style-src 'nonce-${nonce}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;
  return {
    status,
    body,
    headers: { ...guards, 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': policy },
  };
}
