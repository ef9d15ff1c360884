import { jobEvents } from '../../shared/outputs/jobEvents';
import { readEnvironmentNote } from '../../shared/scoring/environmentNote';
import { pieceAnswer, rangeOf } from './filePieces';
import { jobOf } from './jobs';
import { route } from './route';

const path = 'jobs/{job}';
const audience = 'management';

route('listJobFiles', { methods: ['GET'], path: `${path}/files`, audience }, async (call) => {
  const value = await call.services.jobFiles.list(await jobOf(call));
  return { status: 200, jsonBody: { value } };
});

route('readJobFile', { methods: ['GET'], path: `${path}/files/{*file}`, audience }, async (call) => {
  const range = rangeOf(call.request);
  const piece = await call.services.jobFiles.read(await jobOf(call), call.parameter('file'), range);
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
