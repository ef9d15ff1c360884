import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ProductHost } from '../../bench/product/productHost';
import { MlflowHost } from '../support/mlflowHost';

/** Six rows of what the model `table` has been trained with. */
const six = `age,rate,kind
20,0.5,fixed
35,1.5,normal
50,2.5,fixed
65,3.5,reversible
20,0.5,fixed
35,1.5,normal
`;

/** Loads a model and predicts for a file, with nothing but MLflow and pandas. */
const bare = `
import mlflow.pyfunc, pandas, sys
for one in mlflow.pyfunc.load_model(sys.argv[1]).predict(pandas.read_csv(sys.argv[2])):
    print(one)
`;

describe('an MLflow model without a script', () => {
  let scoring: MlflowHost;
  let host: ProductHost;
  let predictions: string[];

  beforeAll(async () => {
    scoring = await MlflowHost.start();
    ({ host } = scoring);
    const path = scoring.write('six.csv', six);
    predictions = scoring.run(bare, join(scoring.models, 'table'), path).trim().split('\n');
  });

  afterAll(() => scoring.close());

  test('gives row, prediction and file name for every row of a table, in the order of the files', async () => {
    const { job, rows } = await scoring.score('table', {
      'a.csv': 'kind,rate,age\nfixed,0.5,20\n',
      'b.csv': six,
      'sub/c.csv': 'age,rate,kind,extra\n65,3.5,reversible,ignored\n',
    });
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
    const code = 'import pandas, sys; pandas.read_csv(sys.argv[1]).to_parquet(sys.argv[2])';
    const folder = join(host.folder, 'parquet');
    for (const name of ['a.parquet', 'b.pqt'])
      scoring.run(code, scoring.write('six.csv', six), scoring.write(`parquet/${name}`, ''));
    const { rows } = await scoring.scoreFolder('table', folder);
    const of = (name: string): string => predictions.map((one, row) => `${row},${one},${name}\n`).join('');
    expect(rows).toBe(of('a.parquet') + of('b.pqt'));
  });

  test('gives every column of a prediction that is a table', async () => {
    const { rows } = await scoring.score('pair', { 'p.csv': 'a,b,name\n1,2,me\n0.5,0.25,"you, too"\n' });
    expect(rows).toBe('0,3.0,me!,p.csv\n1,0.75,"you, too!",p.csv\n');
  });

  test('gets images as arrays, one call for each', async () => {
    const code = `
import sys
from PIL import Image
for name, level in (('black.png', 0), ('grey.bmp', 100), ('white.jpg', 255)):
    Image.new('L', (8, 6), level).save(sys.argv[1] + '/' + name)
`;
    scoring.write('images/broken.png', 'not an image');
    scoring.run(code, join(host.folder, 'images'));
    const { job, rows } = await scoring.scoreFolder('image', join(host.folder, 'images'));
    expect(rows).toBe('0.0,black.png\n100.0,grey.bmp\n255.0,white.jpg\n');
    expect(job.properties.progress['filesFailed']).toBe(1);
  });

  test('scores whatever its flavor is: LightGBM, for one', async () => {
    const { rows } = await scoring.score('boosted', { 'b.csv': 'age,rate,kind\n20,0.5,x\n65,3.5,y\n' });
    expect(rows).toBe('0,low,b.csv\n1,high,b.csv\n');
  });

  test('refuses a file of a type that it cannot score, before anything is scored', async () => {
    const { job } = await scoring.score('table', { 'a.csv': six, 'notes.docx': 'x' });
    expect(job.properties).toMatchObject({
      status: 'Failed',
      progress: { miniBatchesDone: 0 },
      error: { code: 'InputTypeUnsupported' },
    });
    expect(job.properties.error?.message).toContain("'notes.docx' is of type .docx");
  });

  test('is refused as a model where there is no MLmodel, or as a deployment where it has no python_function', async () => {
    scoring.write('plain/a.csv', six);
    const plain = pathToFileURL(join(host.folder, 'plain')).href;
    const noFile = await host.request('PUT', '/models/plain/versions/1', {
      properties: { modelUri: plain, modelType: 'mlflow_model' },
    });
    expect(noFile).toMatchObject({ status: 400, body: { error: { code: 'MLmodelMissing' } } });
    host.write('foreign/MLmodel', 'flavors:\n  spark:\n    version: 3\n');
    await host.ask('PUT', '/models/foreign/versions/1', {
      properties: { modelUri: pathToFileURL(join(host.folder, 'foreign')).href },
    });
    const refused = await host.request('PUT', '/batchEndpoints/etable/deployments/foreign', {
      properties: { model: { referenceType: 'Id', assetId: 'azureml:foreign:1' }, compute: 'azureml:cpu' },
    });
    expect(refused).toMatchObject({ status: 400, body: { error: { code: 'FlavorMissing' } } });
  });
});
