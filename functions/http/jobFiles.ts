import type { HttpResponseInit } from '@azure/functions';
import { failure } from '../../shared/errors/batchpointError';
import { jobEvents } from '../../shared/outputs/jobEvents';
import { mostBytes } from '../../shared/outputs/jobFileAccess';
import { readEnvironmentNote } from '../../shared/scoring/environmentNote';
import { jobOf } from './jobs';
import { route } from './route';

const path = 'jobs/{job}';
const audience = 'management';

route('listJobFiles', { methods: ['GET'], path: `${path}/files`, audience }, async (call) => {
  const value = await call.services.jobFiles.list(await jobOf(call));
  return { status: 200, jsonBody: { value } };
});

route('readJobFile', { methods: ['GET'], path: `${path}/files/{*file}`, audience }, async (call) => {
  const { offset, length } = rangeOf(call.request.headers.get('range'));
  const piece = await call.services.jobFiles.read(await jobOf(call), call.parameter('file'), offset, length);
  return pieceAnswer(piece);
});

/** What was printed since a cursor, with what the job has to say of itself meanwhile. */
route('followJob', { methods: ['GET'], path: `${path}/events`, audience }, async (call) => {
  const { services } = call;
  const job = await jobOf(call);
  const events = await jobEvents(services.stores, job, call.request.query.get('cursor') ?? undefined);
  const note =
    job.run.times.prepared === undefined
      ? await readEnvironmentNote(services.stores.tables, job.spec.key)
      : undefined;
  return { status: 200, jsonBody: { ...events, installing: note?.lines.at(-1) ?? null } };
});

/** A piece of a file as the answer to a request for a range of bytes. */
export function pieceAnswer(piece: { bytes: Uint8Array; offset: number; size: number }): HttpResponseInit {
  const { bytes, offset, size } = piece;
  const whole = bytes.length === size;
  return {
    status: whole ? 200 : 206,
    body: bytes,
    headers: {
      'Content-Type': 'application/octet-stream',
      'Accept-Ranges': 'bytes',
      ...(whole ? {} : { 'Content-Range': `bytes ${offset}-${offset + bytes.length - 1}/${size}` }),
    },
  };
}

function rangeOf(header: string | null): { offset: number; length: number } {
  if (header === null) return { offset: 0, length: mostBytes };
  const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(header) ?? [];
  if (from === undefined) throw failure('RangeInvalid', { range: header, size: 0 });
  const offset = Number(from);
  return { offset, length: to === undefined || to === '' ? mostBytes : Math.max(0, Number(to) - offset + 1) };
}
