import { randomBytes } from 'node:crypto';
import type { HttpRequest, HttpResponseInit, InvocationContext } from '@azure/functions';
import type { Job } from '../../shared/jobs/jobStore';
import { printedLog } from '../../shared/outputs/printedLog';
import { readEnvironmentNote } from '../../shared/scoring/environmentNote';
import { failure, isFailure } from '../../shared/errors/batchpointError';
import { jobPage, refusedPage } from '../../studio/jobPage';
import type { PageLinks } from '../../studio/jobView';
import { services, type Services } from '../services';
import { errorAnswer } from './errorAnswer';
import { pieceAnswer, rangeOf } from './filePieces';
import { openRoute } from './openRoute';
import { rangeHeaders, type OpenOperation } from './operation';

const path = 'studio/jobs/{job}';

/** A request for something of a job, by a link that is good for that job alone. */
interface LinkedCall {
  readonly request: HttpRequest;
  readonly services: Services;
  readonly job: Job;
  readonly token: string;
  /** Admits the style and the script of the page that is answered. */
  readonly nonce: string;
}

const byLink = {
  access: 'link',
  methods: ['GET'],
  refusals: ['JobPagesOff', 'ResourceNotFound'],
  refusalContent: 'Html',
} satisfies Partial<OpenOperation>;

const studioJob: OpenOperation = {
  ...byLink,
  path,
  summary: 'The page of a job, for a browser.',
  answers: { 200: 'Html' },
};
linked('studioJob', studioJob, showPage);

const studioJobFile: OpenOperation = {
  ...byLink,
  path: `${path}/files/{*file}`,
  summary: 'A file of a job as plain text, or to be kept.',
  query: [
    {
      name: 'download',
      description: 'There where the file is to be kept and not shown.',
      schema: { type: 'string' },
    },
  ],
  headers: rangeHeaders,
  answers: { 200: ['Text', 'Bytes'], 206: 'Bytes' },
  refusals: [
    'BlobNameInvalid',
    'JobFileMissing',
    'JobPagesOff',
    'ParameterInvalid',
    'RangeInvalid',
    'ResourceNotFound',
  ],
};
linked('studioJobFile', studioJobFile, showFile);

const studioJobLog: OpenOperation = {
  ...byLink,
  path: `${path}/log`,
  summary: 'What the scripts of a job have printed so far, as plain text.',
  answers: { 200: 'Text' },
};
linked('studioJobLog', studioJobLog, showLog);

/** Registers a function that answers whoever has a link; to others it answers a page that says what to do. */
function linked(
  name: string,
  operation: OpenOperation,
  answer: (call: LinkedCall) => Promise<HttpResponseInit>,
): void {
  const handler = async (request: HttpRequest, context: InvocationContext): Promise<HttpResponseInit> => {
    const nonce = randomBytes(16).toString('base64');
    try {
      const ready = await services();
      const [asked, token] = [request.params['job'] ?? '', request.query.get('token')];
      if (ready.links === undefined) throw failure('JobPagesOff', {});
      ready.links.verify(token, asked);
      const job = await ready.jobs.get(asked);
      return await answer({ request, services: ready, job, token: token ?? '', nonce });
    } catch (error) {
      if (!isFailure(error)) return errorAnswer(error, context);
      return htmlAnswer(error.status, refusedPage(error.message, nonce), nonce);
    }
  };
  openRoute(name, operation, handler);
}

async function showPage({ services: ready, job, token, nonce }: LinkedCall): Promise<HttpResponseInit> {
  const [files, note, queue] = await Promise.all([
    ready.jobFiles.list(job),
    job.run.times.prepared === undefined ? readEnvironmentNote(ready.stores.tables, job.spec.key) : undefined,
    // The link is good for this job alone: the others are counted, and not named.
    ready.places.queueOf(job, () => false),
  ]);
  const installing = note?.lines.at(-1);
  const view = { job, files, installing, queue, links: linksOf(job, token), now: ready.now() };
  return htmlAnswer(200, jobPage(view, nonce), nonce);
}

function linksOf({ spec }: Job, token: string): PageLinks {
  const view = (file: string): string =>
    `${encodeURIComponent(spec.name)}/files/${file.split('/').map(encodeURIComponent).join('/')}?token=${token}`;
  return { view, download: (file) => `${view(file)}&download=1` };
}

/** A file of a job: shown as plain text, whatever a script has put into it, or to be kept. */
async function showFile({ request, services: ready, job }: LinkedCall): Promise<HttpResponseInit> {
  const { spec } = job;
  const piece = await ready.jobFiles.read(job, request.params['file'] ?? '', rangeOf(request));
  const sandbox = { ...guards, 'Content-Security-Policy': "sandbox; default-src 'none'" };
  if (request.query.has('download') || request.headers.has('range')) {
    const answer = pieceAnswer(piece);
    return { ...answer, headers: { ...answer.headers, ...sandbox, 'Content-Disposition': 'attachment' } };
  }
  const cut = piece.bytes.length < piece.size;
  const notice = `\n[... the first ${piece.bytes.length} of ${piece.size} bytes; 'batchpoint job download -n ${spec.name} --all' gets all of them ...]\n`;
  return {
    status: 200,
    body: cut ? Buffer.concat([piece.bytes, Buffer.from(notice)]) : piece.bytes,
    headers: { ...sandbox, 'Accept-Ranges': 'bytes', 'Content-Type': 'text/plain; charset=utf-8' },
  };
}

/** All that the scripts of a job have printed so far, in the order in which it came: it only grows. */
async function showLog({ services: ready, job }: LinkedCall): Promise<HttpResponseInit> {
  return {
    status: 200,
    body: await printedLog(ready.stores, job),
    headers: { ...guards, 'Content-Type': 'text/plain; charset=utf-8' },
  };
}

/** The token stands in the URL: nothing may pass that on, or keep what it showed. */
const guards = {
  'Cache-Control': 'no-store',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
} as const;

function htmlAnswer(status: number, body: string, nonce: string): HttpResponseInit {
  const policy = [
    "default-src 'none'",
    `style-src 'nonce-${nonce}'`,
    `script-src 'nonce-${nonce}'`,
    "connect-src 'self'",
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
  const type = 'text/html; charset=utf-8';
  return {
    status,
    body,
    headers: { ...guards, 'Content-Type': type, 'Content-Security-Policy': policy },
  };
}
