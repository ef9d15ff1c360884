import { execFileSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { packagesPython } from '../support/pythonPackages';
import { ProductHost, type ShownJob } from '../../bench/product/productHost';

/** Trains three models: a pipeline over mixed columns, one with two outputs, and one over tensors of images. */
const train = `
import sys
import mlflow.pyfunc, mlflow.sklearn
import numpy, pandas
from mlflow.models import infer_signature
from mlflow.models.signature import ModelSignature
from mlflow.types.schema import Schema, TensorSpec
from sklearn.compose import ColumnTransformer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder

folder = sys.argv[1]
rows = pandas.DataFrame({
    'age': [20, 35, 50, 65] * 10,
    'rate': [0.5, 1.5, 2.5, 3.5] * 10,
    'kind': ['fixed', 'normal', 'fixed', 'reversible'] * 10,
})
labels = [0, 0, 1, 1] * 10
encode = ColumnTransformer([('kind', OneHotEncoder(handle_unknown='ignore'), ['kind'])], remainder='passthrough')
model = make_pipeline(encode, LogisticRegression(max_iter=1000)).fit(rows, labels)
mlflow.sklearn.save_model(model, folder + '/table', signature=infer_signature(rows, model.predict(rows)), serialization_format='cloudpickle')

class Pair(mlflow.pyfunc.PythonModel):
    def predict(self, context, model_input, params=None):
        return pandas.DataFrame({'sum': model_input['a'] + model_input['b'], 'who': model_input['name'] + '!'})

table = pandas.DataFrame({'a': [1.0], 'b': [2.0], 'name': ['x']})
signature = infer_signature(table, pandas.DataFrame({'sum': [3.0], 'who': ['x!']}))
mlflow.pyfunc.save_model(folder + '/pair', python_model=Pair(), signature=signature)

class Brightness(mlflow.pyfunc.PythonModel):
    def predict(self, context, model_input, params=None):
        return numpy.array([float(model_input.mean())])

tensor = ModelSignature(inputs=Schema([TensorSpec(numpy.dtype('uint8'), (-1, -1, -1))]))
mlflow.pyfunc.save_model(folder + '/image', python_model=Brightness(), signature=tensor)

rows.head(6).to_csv(folder + '/expected-input.csv', index=False)
loaded = mlflow.pyfunc.load_model(folder + '/table')
print(' '.join(str(one) for one in loaded.predict(rows.head(6).astype({'age': 'int64'}))))
`;

describe('an MLflow model without a script', () => {
  let host: ProductHost;
  let predictions: string[];

  beforeAll(async () => {
    const python = await packagesPython();
    host = new ProductHost({ BATCHPOINT_PYTHON: python });
    await host.start();
    const script = host.write('train.py', train);
    const told = execFileSync(python, [script, host.folder], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    predictions = (told.trim().split('\n').at(-1) ?? '').split(' ');
    await host.ask('PUT', '/computes/cpu', { properties: {} });
    // An environment without packages stands for the one that the tests have made already.
    await host.ask('PUT', '/environments/made/versions/1', { properties: { image: 'none' } });
    for (const model of ['table', 'pair', 'image']) {
      const modelUri = pathToFileURL(join(host.folder, model)).href;
      await host.ask('PUT', `/models/${model}/versions/1`, {
        properties: { modelUri, modelType: 'mlflow_model' },
      });
      await host.ask('PUT', `/batchEndpoints/${model}`, { properties: {} });
      await host.ask('PUT', `/batchEndpoints/${model}/deployments/main`, {
        properties: {
          model: { referenceType: 'Id', assetId: `azureml:${model}:1` },
          environmentId: 'azureml:made:1',
          compute: 'azureml:cpu',
          miniBatchSize: 10,
        },
      });
      await host.ask('PATCH', `/batchEndpoints/${model}`, {
        properties: { defaults: { deploymentName: 'main' } },
      });
    }
  });

  afterAll(async () => {
    await host.close();
  });

  async function score(model: string, folder: string): Promise<{ job: ShownJob; rows: string }> {
    const { name } = await host.invoke(model, join(host.folder, folder));
    const job = await host.finished(name);
    const done = job.properties.status === 'Completed';
    return { job, rows: done ? await host.file(name, 'named-outputs/score/predictions.csv') : '' };
  }

  test('gives row, prediction and file name for every row of a table, in the order of the files', async () => {
    cpSync(join(host.folder, 'expected-input.csv'), join(host.folder, 'tables/b.csv'), { recursive: true });
    host.write('tables/a.csv', 'kind,rate,age\nfixed,0.5,20\n');
    host.write('tables/sub/c.csv', 'age,rate,kind,extra\n65,3.5,reversible,ignored\n');
    const { job, rows } = await score('table', 'tables');
    expect(job.properties).toMatchObject({
      status: 'Completed',
      progress: { filesDone: 3, filesFailed: 0, rows: 8 },
    });
    expect(rows).toBe(
      '0,0,a.csv\n' +
        predictions.map((prediction, row) => `${row},${prediction},b.csv\n`).join('') +
        '0,1,sub/c.csv\n',
    );
  });

  test('reads Parquet as it reads CSV', async () => {
    const code = `import pandas, sys; pandas.read_csv(sys.argv[1]).to_parquet(sys.argv[2])`;
    host.write('parquet/none', '');
    const folder = join(host.folder, 'parquet');
    const python = await packagesPython();
    for (const name of ['a.parquet', 'b.pqt']) {
      execFileSync(python, ['-c', code, join(host.folder, 'expected-input.csv'), join(folder, name)]);
    }
    execFileSync('rm', [join(folder, 'none')]);
    const { rows } = await score('table', 'parquet');
    const of = (name: string): string => predictions.map((one, row) => `${row},${one},${name}\n`).join('');
    expect(rows).toBe(of('a.parquet') + of('b.pqt'));
  });

  test('fails a file alone that cannot be read or does not fit the signature, and says what is wrong with it', async () => {
    host.write('mixed/a-good.csv', 'age,rate,kind\n20,0.5,fixed\n');
    host.write('mixed/b-empty.csv', '');
    host.write('mixed/c-missing.csv', 'age,kind\n20,fixed\n');
    host.write('mixed/d-text.csv', 'age,rate,kind\nold,0.5,fixed\n');
    host.write('mixed/e-good.csv', 'age,rate,kind\n65,3.5,reversible\n');
    const { job, rows } = await score('table', 'mixed');
    expect(rows).toBe('0,0,a-good.csv\n0,1,e-good.csv\n');
    expect(job.properties).toMatchObject({
      status: 'Completed',
      progress: { filesFailed: 3, miniBatchesFailed: 0 },
    });
    const failed = await host.file(job.name, 'failed_files.csv');
    expect(failed).toContain('b-empty.csv,0,FileInvalid');
    expect(failed).toContain("the column 'rate' of the model's signature is missing");
    expect(failed).toContain("column 'age' cannot be read as");
    expect(failed.split('\n')).toHaveLength(5);
  });

  test('gives every column of a prediction that is a table', async () => {
    host.write('pairs/p.csv', 'a,b,name\n1,2,me\n0.5,0.25,"you, too"\n');
    expect((await score('pair', 'pairs')).rows).toBe('0,3.0,me!,p.csv\n1,0.75,"you, too!",p.csv\n');
  });

  test('gets images as arrays, one call for each', async () => {
    const code = `
import sys
from PIL import Image
for name, level in (('black.png', 0), ('grey.bmp', 100), ('white.jpg', 255)):
    Image.new('L', (8, 6), level).save(sys.argv[1] + '/' + name)
`;
    host.write('images/broken.png', 'not an image');
    execFileSync(await packagesPython(), ['-c', code, join(host.folder, 'images')]);
    const { job, rows } = await score('image', 'images');
    expect(rows).toBe('0.0,black.png\n100.0,grey.bmp\n255.0,white.jpg\n');
    expect(job.properties.progress['filesFailed']).toBe(1);
  });

  test('refuses a file of a type that it cannot score, before anything is scored', async () => {
    host.write('types/a.csv', 'age,rate,kind\n20,0.5,fixed\n');
    host.write('types/notes.docx', 'x');
    const { job } = await score('table', 'types');
    expect(job.properties).toMatchObject({
      status: 'Failed',
      progress: { miniBatchesDone: 0 },
      error: { code: 'InputTypeUnsupported' },
    });
    expect(job.properties.error?.message).toContain("'notes.docx' is of type .docx");
  });

  test('is refused as a model where there is no MLmodel, or as a deployment where it has no python_function', async () => {
    const plain = pathToFileURL(join(host.folder, 'tables')).href;
    const noFile = await host.request('PUT', '/models/plain/versions/1', {
      properties: { modelUri: plain, modelType: 'mlflow_model' },
    });
    expect(noFile).toMatchObject({ status: 400, body: { error: { code: 'MLmodelMissing' } } });
    host.write('foreign/MLmodel', 'flavors:\n  spark:\n    version: 3\n');
    await host.ask('PUT', '/models/foreign/versions/1', {
      properties: { modelUri: pathToFileURL(join(host.folder, 'foreign')).href },
    });
    const refused = await host.request('PUT', '/batchEndpoints/table/deployments/foreign', {
      properties: { model: { referenceType: 'Id', assetId: 'azureml:foreign:1' }, compute: 'azureml:cpu' },
    });
    expect(refused).toMatchObject({ status: 400, body: { error: { code: 'FlavorMissing' } } });
  });
});
