import { jobEvents } from '../../shared/outputs/jobEvents';
import { readEnvironmentNote } from '../../shared/scoring/environmentNote';
import { pieceAnswer, rangeOf } from './filePieces';
import { jobOf } from './jobs';
import { rangeHeaders, type Operation } from './operation';
import { route } from './route';

const path = 'jobs/{job}';
const reading = {
  audience: 'management',
  role: 'Jobs.Read',
  ofEndpoints: true,
  methods: ['GET'],
} satisfies Partial<Operation>;

const listJobFiles: Operation = {
  ...reading,
  path: `${path}/files`,
  summary: 'Lists the files of a job: its logs, reports and output.',
  answers: { 200: 'JobFileList' },
};
route('listJobFiles', listJobFiles, async (call) => {
  const value = await call.services.jobFiles.list(await jobOf(call));
  return { status: 200, jsonBody: { value } };
});

const readJobFile: Operation = {
  ...reading,
  path: `${path}/files/{*file}`,
  summary: 'Reads a file of a job, or the range of it that a header asks for.',
  headers: rangeHeaders,
  answers: { 200: 'Bytes', 206: 'Bytes' },
  refusals: ['JobFileMissing', 'BlobNameInvalid', 'ParameterInvalid', 'RangeInvalid'],
};
route('readJobFile', readJobFile, async (call) => {
  const range = rangeOf(call.request);
  const piece = await call.services.jobFiles.read(await jobOf(call), call.parameter('file'), range);
  return pieceAnswer(piece);
});

const followJob: Operation = {
  ...reading,
  path: `${path}/events`,
  summary: 'What the scripts of a job have printed since a cursor.',
  query: [
    {
      name: 'cursor',
      description: 'Where the answer before has ended; left out for the first one.',
      schema: { type: 'string' },
    },
  ],
  answers: { 200: 'JobEvents' },
  refusals: ['PageTokenInvalid'],
};
route('followJob', followJob, async (call) => {
  const { services } = call;
  const job = await jobOf(call);
  const events = await jobEvents(services.stores, job, call.request.query.get('cursor') ?? undefined);
  const note =
    job.run.times.prepared === undefined
      ? await readEnvironmentNote(services.stores.tables, job.spec.key)
      : undefined;
  return { status: 200, jsonBody: { ...events, installing: note?.lines.at(-1) ?? null } };
});
