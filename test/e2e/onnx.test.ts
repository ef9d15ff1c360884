import { execFileSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ProductHost } from '../../bench/product/productHost';
import { packagesPython } from '../support/pythonPackages';

const scripts = join(__dirname, '../support/onnx');

describe('models that were converted to ONNX, on a machine without Python', () => {
  let host: ProductHost;
  let python: string;

  beforeAll(async () => {
    python = await packagesPython();
    host = new ProductHost({ PATH: '/nowhere' });
    execFileSync(python, [join(scripts, 'trainModels.py'), host.folder], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    await host.start();
    await host.ask('PUT', '/computes/cpu', { properties: {} });
  }, 240_000);

  afterAll(() => host.close());

  /** The rows that a job gives. */
  async function scored(name: string, model: string, input: string): Promise<string> {
    const modelUri = pathToFileURL(join(host.folder, model)).href;
    await host.ask('PUT', `/models/${name}/versions/1`, { properties: { modelUri } });
    await host.ask('PUT', `/batchEndpoints/${name}`, { properties: {} });
    await host.ask('PUT', `/batchEndpoints/${name}/deployments/main`, {
      properties: {
        model: { referenceType: 'Id', assetId: `azureml:${name}:1` },
        compute: 'azureml:cpu',
        miniBatchSize: 2,
      },
    });
    await host.ask('PATCH', `/batchEndpoints/${name}`, {
      properties: { defaults: { deploymentName: 'main' } },
    });
    const job = await host.finished((await host.invoke(name, join(host.folder, input))).name);
    expect(job.properties).toMatchObject({ status: 'Completed', progress: { filesFailed: 0 } });
    return host.file(job.name, 'named-outputs/score/predictions.csv');
  }

  /** The rows that onnxruntime gives in Python, of the same files in the same order. */
  function expected(model: string, input: string): string {
    const folder = join(host.folder, input);
    const files = globSync('**/*.*', { cwd: folder }).sort();
    const parameters = [join(scripts, 'reference.py'), join(host.folder, model), folder, ...files];
    return execFileSync(python, parameters, {
      encoding: 'utf8',
      maxBuffer: 1 << 28,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }

  test.each(['classes', 'boosted', 'forest', 'double'])(
    'give for tables what Python gives, to the last digit: %s',
    async (name) => {
      const rows = await scored(name, `${name}.onnx`, 'numbers');
      expect(rows.split('\n')).toHaveLength(3 * 3000 + 100 + 40_000 + 1);
      expect(rows === expected(`${name}.onnx`, 'numbers')).toBe(true);
    },
    120_000,
  );

  test('give for columns of several types what Python gives, to the last digit', async () => {
    const rows = await scored('mixed', 'mixed.onnx', 'people');
    expect(rows.split('\n')).toHaveLength(1001);
    expect(rows).toBe(expected('mixed.onnx', 'people'));
  });

  test('give the same as the onnx flavor of an MLflow model', async () => {
    expect(await scored('flavor', 'mixed-mlflow', 'people')).toBe(expected('mixed.onnx', 'people'));
  });

  test('give for PNG, BMP and TIFF what Python gives, to the last digit', async () => {
    const rows = await scored('network', 'network.onnx', 'images');
    expect(rows.split('\n')).toHaveLength(17);
    expect(rows).toBe(expected('network.onnx', 'images'));
  });

  test('give for JPEG what Python gives, within a thousandth', async () => {
    const numbers = (rows: string): { names: string[]; values: number[][] } => {
      const fields = rows
        .trimEnd()
        .split('\n')
        .map((row) => row.split(','));
      return {
        names: fields.map((one) => `${one[0]},${one.at(-1)}`),
        values: fields.map((one) => one.slice(1, -1).map(Number)),
      };
    };
    const found = numbers(await scored('photos', 'network.onnx', 'photos'));
    const wanted = numbers(expected('network.onnx', 'photos'));
    expect(found.names).toEqual(wanted.names);
    expect(found.values).toHaveLength(4);
    for (const [row, values] of wanted.values.entries()) {
      expect(found.values[row]).toHaveLength(values.length);
      for (const [i, value] of values.entries()) {
        expect(Math.abs((found.values[row]?.[i] ?? NaN) - value)).toBeLessThan(0.001);
      }
    }
  });
});
