import { useApi, type ErrorEnvelope } from '../../support/api';
import type { ShownJob } from '../../../bench/product/productHost';

const api = useApi();
const { host } = api;
const deployment = '/batchEndpoints/forms/deployments/main';
let input: string;

beforeAll(async () => {
  input = host.inputs(2);
  await host.endpoint('forms', 'def run(paths):\n    return [{"a": 1}] * len(paths)\n');
});

const contradictions: readonly (readonly [string, object, string, RegExp])[] = [
  [
    'a delimiter for JSON lines',
    { format: 'jsonl', delimiter: ';' },
    'OutputOptionsMixed',
    /'delimiter' cannot be with format jsonl/,
  ],
  [
    'a header for Parquet',
    { format: 'parquet', header: true },
    'OutputOptionsMixed',
    /'header' cannot be with format parquet/,
  ],
  [
    'formulas in Parquet',
    { format: 'parquet', formulaEscape: true },
    'OutputOptionsMixed',
    /'formula_escape' cannot be with format parquet/,
  ],
  [
    'a column twice',
    { columns: ['a', { name: 'a', type: 'int64' }] },
    'OutputColumnTwice',
    /the column 'a' twice/,
  ],
  [
    'a column that is included too',
    { include: ['file'], columns: ['file'] },
    'OutputColumnTwice',
    /the column 'file' twice/,
  ],
];

describe.each(contradictions)(
  'settings of an output with %s are refused',
  (_what, outputOptions, code, message) => {
    const refusal = { status: 400, body: { error: { code, message: expect.stringMatching(message) } } };

    test('when a deployment is made', async () => {
      const { body } = await api.send<{ properties: object }>('GET', deployment);
      const properties = { ...body.properties, outputOptions };
      expect(await api.send('PUT', deployment, { body: { properties } })).toMatchObject(refusal);
    });

    test('when a job is made', async () => {
      const dataset = { dataInputType: 'DataUrl', path: `file://${input}` };
      const body = { properties: { dataset, outputOptions } };
      expect(await api.send<ErrorEnvelope>('POST', '/batchEndpoints/forms/jobs', { body })).toMatchObject(
        refusal,
      );
    });
  },
);

test('a job tells the form of its output, where it has one of its own', async () => {
  const outputOptions = { format: 'jsonl', include: ['row'] };
  const { name } = await host.invoke('forms', input, { outputOptions });
  const { properties } = (await host.finished(name)) as ShownJob & { properties: { outputOptions?: object } };
  expect(properties).toMatchObject({ status: 'Completed', outputOptions });
  expect(await host.file(name, 'named-outputs/score/predictions.jsonl')).toBe(
    '{"row":0,"a":1}\n{"row":1,"a":1}\n',
  );
  expect(await host.file(name, 'logs/job_progress_overview.txt')).toMatch(/^Output format +jsonl$/m);
});
