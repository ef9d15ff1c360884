import { noProgress, type JobRun } from '../../../shared/jobs/jobRun';
import type { JobSpec } from '../../../shared/jobs/jobSpec';
import { jobPage } from '../../../studio/jobPage';
import type { JobView } from '../../../studio/jobView';

const created = '2026-01-31T12:00:00.000Z';
const at = (seconds: number): string => new Date(Date.parse(created) + seconds * 1000).toISOString();

const spec: JobSpec = {
  name: 'a-job',
  key: 'k',
  createdAt: created,
  attempt: 'the first',
  caller: 'somebody',
  tags: {},
  properties: {},
  endpoint: 'digits',
  deployment: 'main',
  model: { name: 'model', version: '1' },
  compute: 'cpu',
  maxInstances: 1,
  input: { kind: 'local', type: 'folder', path: '/in' },
  inputUri: 'file:///in',
  output: { kind: 'datastore', datastore: 'store', folder: 'a/b', fileName: 'predictions.csv' },
  settings: {
    instanceCount: 1,
    miniBatchSize: 10,
    errorThreshold: -1,
    loggingLevel: 'Info',
    maxConcurrencyPerInstance: 1,
    outputAction: 'AppendRow',
    outputFileName: 'predictions.csv',
    maxTries: 3,
    timeoutSeconds: 30,
    environmentVariables: {},
  },
  warnings: [],
};

test('the page says by whom the job was made, and of a trigger also what for', () => {
  const run: JobRun = {
    ...{ state: 'Running', start: 1, next: 0, largestClaim: 0, progress: noProgress },
    ...{ times: { created }, warnings: [], failures: [] },
  };
  const links = { view: (file: string) => file, download: (file: string) => file };
  const page = (more: Partial<JobSpec>): string =>
    jobPage(
      {
        job: { spec: { ...spec, ...more }, run },
        files: [],
        installing: undefined,
        links,
        now: new Date(at(10)),
      },
      'nonce',
    );
  expect(page({})).toContain(' by somebody</span>');
  const startedBy = { type: 'trigger', name: 'arrivals', id: 'in/a&b.csv@0x8D', lineage: [] } as const;
  expect(page({ startedBy })).toContain(' by trigger arrivals, for in/a&#38;b.csv@0x8D</span>');
});

/** The text of a section of the page of a job, with one blank between words. */
function section(id: string, run: Partial<JobRun>, view: Partial<JobView> = {}): string {
  const job = {
    spec,
    run: {
      state: 'Running' as const,
      start: 1,
      next: 0,
      largestClaim: 0,
      progress: noProgress,
      times: { created },
      warnings: [],
      failures: [],
      ...run,
    },
  };
  const links = { view: (file: string) => `view/${file}`, download: (file: string) => `download/${file}` };
  const page = jobPage(
    { job, files: [], installing: undefined, links, now: new Date(at(10)), ...view },
    'nonce',
  );
  const text = new RegExp(`<section id="${id}"([^>]*)>([^]*?)</section>`).exec(page);
  if (text === null) throw new Error(`There is no section ${id} in ${page}`);
  return text[1]?.includes('hidden') === true ? 'hidden' : plain(text[2] ?? '');
}

function plain(markup: string): string {
  return markup
    .replace(/<[^>]*>/g, ' ')
    .replace(/&#(\d+);/g, (_whole, code: string) => String.fromCharCode(Number(code)))
    .replace(/\s+/g, ' ')
    .trim();
}

const plan = { files: 2_000, miniBatches: 1_000, lanes: 4 };
const progress = { ...noProgress, miniBatches: 250, files: 500, failedFiles: 3, failedMiniBatches: 2 };
const prepared = { created, started: at(1), planned: at(1), prepared: at(5) };

describe('The progress of a job', () => {
  test.each<[string, Partial<JobRun>, Partial<JobView>, string]>([
    ['that waits', { state: 'Queued' }, {}, 'Waiting to start.'],
    [
      'that waits for its compute',
      { state: 'Queued' },
      { queue: { compute: 'cpu', position: 1, maxInstances: 2, holders: [{ instances: 2 }] } },
      "Number 1 in the line of the compute 'cpu': all its 2 instances are kept for 1 job.",
    ],
    [
      'that is planned',
      { state: 'Preparing' },
      {},
      'Listing the input and looking at the place of the output.',
    ],
    [
      'that gets its environment',
      { plan },
      { installing: 'Collecting pandas<2' },
      '0 % Installing the environment: Collecting pandas<2',
    ],
    ['of which the scorers start', { plan }, {}, '0 % Starting the scorers.'],
    [
      'that is scored, with the time that is left at the pace so far',
      { plan, progress, times: prepared },
      {},
      '25 % 250 of 1,000 mini-batches · 500 of 2,000 files · 3 files failed · 10 s so far · about 15 s left',
    ],
    [
      'of which a mini-batch is open',
      { plan, progress: { ...progress, miniBatches: 999 }, times: prepared },
      {},
      '99 % 999 of 1,000 mini-batches · 500 of 2,000 files · 3 files failed · 10 s so far · about 1 s left',
    ],
    [
      'that is committed',
      { state: 'Committing', plan, progress: { ...progress, miniBatches: 1_000 }, times: prepared },
      {},
      '100 % Everything is scored. The rows are being put together as one file.',
    ],
    [
      'that is being cancelled',
      { state: 'Stopping', plan, progress, times: prepared, stop: { cancelled: true, by: 'somebody' } },
      {},
      '25 % Being cancelled by somebody.',
    ],
    [
      'that was cancelled',
      {
        state: 'Canceled',
        plan,
        progress,
        times: { ...prepared, ended: at(9) },
        stop: { cancelled: true, by: 'somebody' },
      },
      {},
      '25 % Cancelled by somebody after 9.00 s. 497 of 2,000 files scored, 3 failed.',
    ],
    [
      'that failed before it was planned',
      { state: 'Failed', times: { created, ended: at(1) } },
      {},
      '0 % Failed after 1.00 s. No file was scored.',
    ],
  ])('%s is told', (_what, run, view, expected) => {
    expect(section('progress', run, view)).toBe(expected);
  });
});

describe('The output of a job', () => {
  test('that goes on is told with its place', () => {
    expect(section('output', {})).toBe(
      'Output Appears, whole, when everything is scored: azureml://datastores/store/paths/a/b/predictions.csv',
    );
  });

  test('that only counts says that there is no file', () => {
    expect(section('output', { state: 'Completed', result: { scriptFiles: [] } })).toContain(
      'there is no predictions file',
    );
  });

  test('that somebody took away is told with its URI, and without links', () => {
    const result = { outputUri: 'file:///a/b/predictions.csv', outputBytes: 1_234, scriptFiles: [] };
    expect(section('output', { state: 'Completed', result, progress: { ...noProgress, rows: 1_000 } })).toBe(
      'Output predictions.csv · 1,000 rows · 1.2 kB file:///a/b/predictions.csv The file is no longer there.',
    );
  });

  test('of which a part is kept leads to it', () => {
    const files = [{ name: 'partial/predictions.csv', size: 12 }];
    expect(section('output', { state: 'Canceled' }, { files })).toBe(
      'Output Nothing was written to the place of the output. The rows that were scored are kept: View Download',
    );
  });
});

test('sections that have nothing to say are hidden', () => {
  for (const id of ['error', 'warnings', 'failures', 'figures', 'files'])
    expect([id, section(id, {})]).toEqual([id, 'hidden']);
});

test('warnings of the plan stand beside those of the request', () => {
  expect(section('warnings', { warnings: ['Fewer scorers.'] })).toBe('A warning Fewer scorers.');
});
