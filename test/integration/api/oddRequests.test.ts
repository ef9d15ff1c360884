import { connect } from 'node:net';
import { useApi, workspacePath } from '../../support/api';
import { echoScript } from '../../support/workspace';

const api = useApi();
const { host } = api;

beforeAll(async () => {
  await host.endpoint('odd', echoScript);
  host.inputs(1);
});

/** Texts that have broken programs. */
const oddTexts: readonly [string, string][] = [
  ['nothing', ''],
  ['a blank', ' '],
  ['a zero', '\u0000'],
  ['a zero in the middle', 'a\u0000b'],
  ['half of a pair', '\ud800'],
  ['the other half', 'x\udfff.csv'],
  ['a mark of the order of bytes', '\ufeff'],
  ['a direction', '\u202eabc'],
  ['two dots', '..'],
  ['a climb', '../../etc/passwd'],
  ['a slash', '/'],
  ['a backslash', '\\'],
  ['a percent', '%'],
  ['a percent of nothing', '%zz'],
  ['a name of a prototype', '__proto__'],
  ['a constructor', 'constructor'],
  ['a key too long for a row', 'k'.repeat(600)],
  ['a hundred thousand characters', 'x'.repeat(100_000)],
  ['a template', '${x}{{y}}{0}'],
  ['a number', '1e400'],
  ['a file: URI of nothing', 'file://'],
  ['a file: URI with a zero', 'file:///tmp/%00'],
  ['a broken URL', 'http://[::1'],
  ['a URL with an odd port', 'http://127.0.0.1:99999/'],
  ['a datastore without a name', 'azureml://datastores//paths/'],
  ['a datastore with an odd name', 'azureml://datastores/%00/paths/a'],
  ['a reference without a name', 'azureml:'],
  ['a reference of colons', 'azureml:::::'],
  ['an id of nothing', '/subscriptions/'],
  ['an id with odd parts', '/subscriptions/s/models/%00/versions/..'],
];

const model = { referenceType: 'Id', assetId: 'azureml:odd:1' };
const deployment = (more: object): object => ({
  properties: {
    model,
    codeConfiguration: { codeId: 'azureml:odd:1', scoringScript: 'score.py' },
    compute: 'azureml:cpu',
    ...more,
  },
});
const dataset = (): object => ({ dataInputType: 'DataUrl', path: `file://${host.folder}/input` });
const job = (more: object): object => ({ properties: { dataset: dataset(), ...more } });

/** Every place of a body that takes a text. */
const textPlaces: readonly [string, string, string, (text: string) => object][] = [
  [
    'an endpoint',
    'PUT',
    '/batchEndpoints/odd-made',
    (text) => ({
      tags: { [text]: text, t: text },
      properties: { description: text, properties: { [text]: text } },
    }),
  ],
  [
    'the default of an endpoint',
    'PATCH',
    '/batchEndpoints/odd',
    (text) => ({ properties: { defaults: { deploymentName: text || 'x' } } }),
  ],
  [
    'the model of a deployment',
    'PUT',
    '/batchEndpoints/odd/deployments/made',
    (text) => deployment({ model: { referenceType: 'Id', assetId: text } }),
  ],
  [
    'the code of a deployment',
    'PUT',
    '/batchEndpoints/odd/deployments/made',
    (text) => deployment({ codeConfiguration: { codeId: text, scoringScript: 'score.py' } }),
  ],
  [
    'the script of a deployment',
    'PUT',
    '/batchEndpoints/odd/deployments/made',
    (text) => deployment({ codeConfiguration: { codeId: 'azureml:odd:1', scoringScript: text } }),
  ],
  [
    'the environment of a deployment',
    'PUT',
    '/batchEndpoints/odd/deployments/made',
    (text) => deployment({ environmentId: text }),
  ],
  [
    'the compute of a deployment',
    'PUT',
    '/batchEndpoints/odd/deployments/made',
    (text) => deployment({ compute: text }),
  ],
  [
    'the file name of a deployment',
    'PUT',
    '/batchEndpoints/odd/deployments/made',
    (text) => deployment({ outputFileName: text }),
  ],
  [
    'the variables of a deployment',
    'PUT',
    '/batchEndpoints/odd/deployments/made',
    (text) => deployment({ environmentVariables: { [text]: text, A: text } }),
  ],
  ['the code of a version', 'PUT', '/codes/odd/versions/9', (text) => ({ properties: { codeUri: text } })],
  [
    'the model of a version',
    'PUT',
    '/models/odd/versions/9',
    (text) => ({ properties: { modelUri: text, description: text } }),
  ],
  [
    'the data of a version',
    'PUT',
    '/data/odd/versions/9',
    (text) => ({ properties: { dataType: 'uri_folder', dataUri: text } }),
  ],
  [
    'the input of a job',
    'POST',
    '/batchEndpoints/odd/jobs',
    (text) => job({ dataset: { dataInputType: 'DataUrl', path: text } }),
  ],
  [
    'the input of a job by name',
    'POST',
    '/batchEndpoints/odd/jobs',
    (text) => job({ dataset: { dataInputType: 'DatasetVersion', datasetName: text, datasetVersion: text } }),
  ],
  [
    'the input of a job in the form of today',
    'POST',
    '/batchEndpoints/odd/jobs',
    (text) => ({ properties: { inputData: { [text]: { jobInputType: 'UriFolder', uri: text } } } }),
  ],
  [
    'the output of a job',
    'POST',
    '/batchEndpoints/odd/jobs',
    (text) => job({ outputDataset: { datastoreId: text, path: text } }),
  ],
  [
    'the output of a job in the form of today',
    'POST',
    '/batchEndpoints/odd/jobs',
    (text) => job({ outputData: { score: { jobOutputType: 'UriFile', uri: text } } }),
  ],
  [
    'the words about a job',
    'POST',
    '/batchEndpoints/odd/jobs',
    (text) =>
      job({ description: text, experimentName: text, tags: { [text]: text }, properties: { [text]: text } }),
  ],
  ['the file name of a job', 'POST', '/batchEndpoints/odd/jobs', (text) => job({ outputFileName: text })],
  ['the name of a job', 'POST', '/batchEndpoints/odd/jobs', (text) => job({ name: text })],
  ['a key of a body', 'PUT', '/computes/odd', (text) => ({ [text]: 1, properties: { [text]: text } })],
];

describe.each(textPlaces)('%s', (_what, method, path, body) => {
  test.each(oddTexts)('that is %s is taken or refused, and the host stays whole', async (_name, text) => {
    const { status, body: answer } = await api.send(method, path, { body: body(text) });
    expect([status, status < 500 || answer]).toEqual([status, true]);
    expect([200, 201, 400, 404, 409, 412, 413]).toContain(status);
  });
});

describe('A path', () => {
  const places = [
    (part: string) => `/batchEndpoints/${part}`,
    (part: string) => `/batchEndpoints/odd/deployments/${part}`,
    (part: string) => `/batchEndpoints/${part}/jobs/${part}`,
    (part: string) => `/jobs/${part}/files/${part}`,
    (part: string) => `/models/${part}/versions/${part}`,
    (part: string) =>
      `//subscriptions/${part}/resourceGroups/${part}/providers/Microsoft.MachineLearningServices/workspaces/${part}/batchEndpoints`,
  ];
  const parts = [
    ...oddTexts.map(([, text]) => encodeURIComponent(text.replace(/\p{Surrogate}/gu, '?')).slice(0, 4_000)),
    '%',
    '%ff',
    '%c0%80',
    '%u0041',
    '..;',
    ';a=b',
    '%2e%2e%2f',
  ];

  test.each(parts.filter((part) => part !== ''))(
    'with %s is answered with less than 500, by every method',
    async (part) => {
      for (const place of places) {
        for (const method of ['GET', 'PUT', 'PATCH', 'DELETE', 'POST', 'HEAD', 'OPTIONS']) {
          const { status } = await api.send(method, place(part), method === 'GET' ? {} : { body: {} });
          expect([method, place(part), status, status < 500]).toEqual([method, place(part), status, true]);
        }
      }
    },
  );
});

describe('A query', () => {
  test.each([
    '$top=1e3',
    '$top=0x10',
    '$top=99999999999999999999',
    '$top=%00',
    '$top=1&$top=x',
    '$skip=',
    '$skip=%ff',
    '$skip=__proto__',
    '$skip=00000000000000-00000000000000000000000000000000',
    '$skip=zzzz',
    '&&&===',
    '?',
    '%',
    'api-version',
    '__proto__=1',
    'force=maybe',
    `x=${'y'.repeat(5_000)}`,
  ])('%s is answered with less than 500 by every list', async (query) => {
    for (const list of [
      'batchEndpoints',
      'batchEndpoints/odd/deployments',
      'batchEndpoints/odd/jobs',
      'jobs',
      'models',
      'data',
      'computes',
      'datastores',
      'models/odd/versions',
    ]) {
      const { status } = await api.send('GET', `/${list}?${query}`);
      expect([list, status, status < 500]).toEqual([list, status, true]);
    }
  });
});

test.each([
  ['if-match', '"'],
  ['if-match', '"a", "b"'],
  ['if-match', 'W/"%%%"'],
  ['if-none-match', '"x"'],
  ['range', 'bytes=9-1'],
  ['range', 'bytes=-'],
  ['content-type', ';;;'],
  ['content-encoding', 'gzip'],
  ['accept', 'nothing/at-all'],
  ['x-forwarded-proto', 'javascript:,\u00ff'],
  ['azureml-model-deployment', '../..'],
  ['azureml-model-deployment', '\u00ff'.repeat(300)],
  ['repeatability-request-id', '\u00ff'],
  ['cookie', '='.repeat(2_000)],
])('a header %s: %s is answered with less than 500', async (name, value) => {
  const body = { properties: {} };
  for (const [method, path] of [
    ['PUT', '/batchEndpoints/odd-headed'],
    ['GET', '/jobs/none/files/a'],
    ['POST', '/batchEndpoints/odd/jobs'],
    ['DELETE', '/batchEndpoints/odd-headed'],
  ] as const)
    expect(
      (await api.send(method, path, { headers: { [name]: value }, ...(method === 'GET' ? {} : { body }) }))
        .status,
    ).toBeLessThan(500);
});

test.each([
  ['a number beyond all', '{"properties":{"miniBatchSize":1e400}}'],
  ['a number below all', '{"properties":{"miniBatchSize":-1e400}}'],
  ['a number of many digits', `{"properties":{"miniBatchSize":${'9'.repeat(400)}}}`],
  ['minus zero', '{"properties":{"miniBatchSize":-0}}'],
  ['a prototype', '{"__proto__":{"properties":{}}}'],
  ['a prototype inside', '{"properties":{"tags":{"__proto__":"x"},"properties":{"__proto__":"y"}}}'],
  [
    'a thousand unknown keys',
    JSON.stringify({ properties: Object.fromEntries(Array.from({ length: 1_000 }, (_, i) => [`k${i}`, i])) }),
  ],
  ['a key of a million characters', `{"properties":{"${'k'.repeat(1_000_000)}":1}}`],
  ['values larger than a row', JSON.stringify({ properties: { properties: { a: 'x'.repeat(600_000) } } })],
])('a body with %s is answered with less than 500, and shortly', async (_what, body) => {
  for (const [method, path] of [
    ['POST', '/batchEndpoints/odd/jobs'],
    ['PUT', '/batchEndpoints/odd-bodied'],
    ['PATCH', '/batchEndpoints/odd'],
    ['PUT', '/batchEndpoints/odd/deployments/bodied'],
  ] as const) {
    const { status, body: answer } = await api.send(method, path, { body });
    expect(status).toBeLessThan(500);
    expect(JSON.stringify(answer).length).toBeLessThan(100_000);
  }
});

test('headers that are there twice are answered with less than 500', async () => {
  const { hostname, port } = new URL(host.url);
  const lines = [
    `GET ${workspacePath}/batchEndpoints HTTP/1.1`,
    `Host: ${hostname}:${port}`,
    `Authorization: Bearer ${await host.token()}`,
    'Authorization: Bearer x',
    'If-Match: "a"',
    'If-Match: "b"',
    'Content-Type: a/b',
    'Content-Type: c/d',
    'X-Forwarded-Proto: https',
    'X-Forwarded-Proto: http',
    'Connection: close',
    '',
    '',
  ];
  const socket = connect(Number(port), hostname);
  let answer = '';
  socket.setEncoding('utf8').on('data', (text: string) => (answer += text));
  socket.write(lines.join('\r\n'));
  await new Promise((resolve) => socket.on('close', resolve));
  expect(answer).toMatch(/^HTTP\/1\.1 [234]/);
});

test('after all of that the host answers as before', async () => {
  expect((await api.send('GET', '/batchEndpoints/odd')).status).toBe(200);
  expect(host.log).not.toMatch(/UnhandledPromiseRejection|FATAL/);
});
