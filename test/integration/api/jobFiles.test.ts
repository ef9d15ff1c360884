import { useApi, type ErrorEnvelope } from '../../support/api';

const api = useApi();
const { host } = api;
let job: string;
const rows = Array.from({ length: 5 }, (_, i) => `row ${i}\n`).join('');
const predictions = 'named-outputs/score/predictions.csv';

beforeAll(async () => {
  const script = `import os
def run(mini_batch):
    print("scoring", len(mini_batch))
    with open(os.path.join(os.environ["AZUREML_BI_OUTPUT_PATH"], "<b>ü&.txt"), "a") as file:
        file.write("of the script")
    return ["row " + open(path).read() for path in mini_batch]
`;
  await host.endpoint('digits', script);
  job = (await host.invoke('digits', host.inputs(5))).name;
  await host.finished(job);
});

const path = (file: string): string => `/jobs/${job}/files/${file}`;
const read = (file: string, range?: string): ReturnType<typeof api.send<string>> =>
  api.send<string>('GET', path(file), range === undefined ? {} : { headers: { range } });

test('all files of a job are listed with their sizes, and each can be read', async () => {
  const { body } = await api.send<{ value: { name: string; size: number }[] }>('GET', `/jobs/${job}/files`);
  const names = body.value.map(({ name }) => name);
  expect(names).toEqual([...names].sort());
  expect(names).toEqual(
    expect.arrayContaining([
      predictions,
      'named-outputs/score/<b>ü&.txt',
      'logs/job_progress_overview.txt',
      'logs/job_result.txt',
      'logs/sys/job_report/processed_mini-batches.csv',
      expect.stringMatching(/^logs\/user\/stdout\/\w+\/\w+\.stdout\.txt$/),
    ]),
  );
  for (const { name, size } of body.value) {
    const file = await read(name.split('/').map(encodeURIComponent).join('/'));
    expect([name, file.status, Buffer.byteLength(file.body)]).toEqual([name, 200, size]);
  }
});

test('a file is answered as bytes, whatever is in it', async () => {
  const { headers, body } = await read(predictions);
  expect([headers['content-type'], headers['accept-ranges'], body]).toEqual([
    'application/octet-stream',
    'bytes',
    rows,
  ]);
});

test.each([
  ['bytes=0-4', 'row 0', 'bytes 0-4/30'],
  ['bytes=6-9', 'row ', 'bytes 6-9/30'],
  ['bytes=24-', 'row 4\n', 'bytes 24-29/30'],
  ['bytes=24-999', 'row 4\n', 'bytes 24-29/30'],
  ['bytes=-3', ' 4\n', 'bytes 27-29/30'],
])('a range %s of it is answered alone', async (range, text, told) => {
  const { status, headers, body } = await read(predictions, range);
  expect([status, headers['content-range'], body]).toEqual([206, told, text]);
});

test.each(['bytes=0-', 'bytes=0-29', 'bytes=-30', 'bytes=-99'])('a range %s is all of it', async (range) => {
  expect(await read(predictions, range)).toMatchObject({ status: 200, body: rows });
});

test.each(['bytes=30-', 'bytes=30-40', 'bytes=5-3', 'bytes=-0', 'bytes=999999999999999-'])(
  'a range %s that is not in it is refused',
  async (range) => {
    const { status, body } = await api.send('GET', path(predictions), { headers: { range } });
    expect([status, body.error.code]).toEqual([416, 'RangeInvalid']);
    expect(body.error.message).toContain('30 bytes');
  },
);

test.each(['bytes', 'bytes=', 'bytes=-', 'bytes=a-b', 'lines=0-1', 'bytes=0-1,3-4'])(
  'a range %s that is none is refused',
  async (range) => {
    const { status, body } = await api.send('GET', path(predictions), { headers: { range } });
    expect([status, body.error.code]).toEqual([400, 'ParameterInvalid']);
  },
);

test.each([
  '../../../../../../etc/passwd',
  '%2e%2e/%2e%2e/%2e%2e/etc/passwd',
  'logs/../../spec',
  '..%5C..%5Cetc%5Cpasswd',
  'logs//job_result.txt',
  './logs/job_result.txt',
  'logs/job_result.txt%00',
  '/etc/passwd',
  'x'.repeat(1_025),
])('a name that climbs or is odd is refused: %s', async (file) => {
  const { status, body } = await api.send<ErrorEnvelope>('GET', path(file));
  expect([status, body.error.code]).toEqual([400, 'BlobNameInvalid']);
  expect(body.error.message).not.toContain(host.folder);
});

test.each([
  '%252e%252e/%252e%252e/etc/passwd',
  '%2Fetc%2Fpasswd',
  'logs',
  'logs/none.txt',
  'named-outputs/score/none',
])('a name that nothing has is not found: %s', async (file) => {
  expect(await api.refusal('GET', path(file))).toEqual([404, 'JobFileMissing']);
});

test('the files of one job are not read through another', async () => {
  const other = (await host.invoke('digits', host.inputs(1, 'other'))).name;
  await host.finished(other);
  expect(await host.file(other, predictions)).toBe('row 0\n');
  expect(await api.refusal('GET', `/jobs/${other}/files/../${job}/files/logs/job_result.txt`)).toEqual([
    400,
    'BlobNameInvalid',
  ]);
});
