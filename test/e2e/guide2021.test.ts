import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { CommandLine, packageRoot } from '../support/commandLine';
import { FileServer } from '../support/fileServer';
import { packagesPython } from '../support/pythonPackages';
import { replaced, runForAz, scoreOf } from '../support/shellScript';

/** The files behind the guide of summer 2021, and real digits. */
const examples = join(packageRoot, '../shared/azureml-examples');
const missing = `the files of 2021 are not beside the project (${examples})`;

/** Where the script takes its data from. */
const publicUrl = 'https://pipelinedata.blob.core.windows.net/sampledata';

/**
 * Trains, on the columns of the taxi model, one that a current Python loads; and keeps ten digits as the model of the
 * nearest one. Without files that name packages, models are scored by the Python that the tests have.
 */
const train = `
import os, sys
import mlflow.sklearn, numpy, pandas
from mlflow.models import infer_signature
from PIL import Image
from sklearn.compose import ColumnTransformer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder

taxi, digits, folder = sys.argv[1:]
rows = pandas.DataFrame({
    'fareAmount': [12.5, 4.0, 11.0, 5.0, 19.5, 30.25] * 8,
    'paymentType': [1, 2, 1, 2, 1, 1] * 8,
    'passengerCount': [1, 1, 2, 1, 3, 1] * 8,
    'tripDistance': [2.6, 0.5, 0.75, 0.7, 3.5, 9.0] * 8,
    'tripTimeSecs': [980, 156, 1019, 266, 1706, 2400] * 8,
    'pickupTimeBin': ['AMRush', 'AMRush', 'Afternoon', 'Afternoon', 'PMRush', 'Night'] * 8,
})
tips = [1, 0, 1, 0, 2, 2] * 8
encode = ColumnTransformer([('bin', OneHotEncoder(handle_unknown='ignore'), ['pickupTimeBin'])], remainder='passthrough')
model = make_pipeline(encode, LogisticRegression(max_iter=5000)).fit(rows, tips)
mlflow.sklearn.save_model(model, taxi, signature=infer_signature(rows, model.predict(rows)), serialization_format='cloudpickle')
for name in ('conda.yaml', 'requirements.txt', 'python_env.yaml'):
    os.remove(os.path.join(taxi, name))
rows.head(6).to_csv(os.path.join(folder, 'taxi-tip-data.csv'), index=False)
numpy.save(os.path.join(folder, 'digits.npy'), numpy.array(
    [numpy.array(Image.open(os.path.join(digits, f'{digit}.png'))).reshape(784) for digit in range(10)]))
print(' '.join(str(one) for one in mlflow.pyfunc.load_model(taxi).predict(rows.head(6))))
`;

/** Stands in the place of a script that needs a TensorFlow which no current Python has. */
const nearestDigit = `import os
import numpy as np
from PIL import Image

def init():
    global digits
    digits = np.load(os.path.join(os.environ["AZUREML_MODEL_DIR"], "model", "digits.npy")).astype(int)

def run(mini_batch):
    rows = []
    for image in mini_batch:
        pixels = np.array(Image.open(image)).reshape(784).astype(int)
        rows.append("{}: {}".format(os.path.basename(image), np.abs(digits - pixels).sum(axis=1).argmin()))
    return rows
`;

if (!existsSync(examples)) {
  if (process.env['CI'] !== undefined) throw new Error(missing);
  test.skip(`skipped, as ${missing}`, () => undefined);
} else {
  describe('the script of the guide of 2021', () => {
    let cli: CommandLine;
    let server: FileServer;
    let predictions: string[];

    beforeAll(async () => {
      const python = await packagesPython();
      cli = new CommandLine({ BATCHPOINT_PYTHON: python });
      server = await FileServer.start();
      cpSync(join(examples, '2021/cli'), cli.folder, { recursive: true });
      const batch = join(cli.folder, 'endpoints/batch');
      const taxi = join(batch, 'autolog_nyc_taxi');
      rmSync(taxi, { recursive: true });
      const model = cli
        .file('endpoints/batch/mnist/model/about.txt', 'The nearest digit.')
        .replace(/about\.txt$/, '');
      const digits = join(examples, 'data/mnist');
      const told = execFileSync(python, [cli.file('train.py', train), taxi, digits, model], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      predictions = (told.trim().split('\n').at(-1) ?? '').split(' ');
      cli.file('endpoints/batch/mnist/code/digit_identification.py', nearestDigit);
      cli.file('endpoints/batch/mnist/environment/conda.yml', 'name: mnist-env\ndependencies: [pip]\n');
      server.put('nytaxi/taxi-tip-data.csv', readFileSync(join(model, 'taxi-tip-data.csv')));
      for (const name of readdirSync(digits)) server.put(`mnist/${name}`, readFileSync(join(digits, name)));
      const script = readFileSync(join(examples, '2021/cli/batch-score.sh'), 'utf8');
      cli.file('batch-score.sh', replaced(script, [[publicUrl, `${server.url}/account/container`]]));
      // The guide makes it before the script.
      await cli.json(['compute', 'create', '-n', 'cpu-cluster', '--max-instances', '5']);
    });
    afterAll(async () => {
      await cli.close();
      await server.stop();
    });

    test('runs from its first line to its last, and every job of it has its predictions', async () => {
      const python = await packagesPython();
      const { code, stdout, stderr } = await runForAz(cli, 'batch-score.sh', { BATCHPOINT_PYTHON: python });
      expect([code, code === 0 ? '' : stderr]).toEqual([0, '']);
      expect(stdout.match(/^Job completed$/gm)).toHaveLength(3);
      const jobs = await cli.json<{ name: string; deployment_name: string; output_file_name: string }[]>([
        'job',
        'list',
      ]);
      expect(jobs.map((job) => [job.deployment_name, job.output_file_name])).toEqual([
        ['mnist-deployment', 'predictions.csv'],
        ['mnist-deployment', 'predictions.csv'],
        ['autolog-deployment', 'mypredictions.csv'],
        ['autolog-deployment', 'predictions.csv'],
      ]);
      const [byRest, switched, placed, first] = jobs.map(({ name }) => name);
      // The script leaves the job that it has started by curl to itself.
      expect((await cli.run(['job', 'stream', '-n', byRest ?? ''])).code).toBe(0);
      const digits = Array.from({ length: 10 }, (_, digit) => `${digit}.png: ${digit}\n`).join('');
      for (const job of [byRest, switched]) expect(await scoreOf(cli, job ?? '')).toBe(digits);
      const tips = predictions.map((tip, row) => `${row},${tip},taxi-tip-data.csv\n`).join('');
      for (const job of [placed, first]) expect(await scoreOf(cli, job ?? '')).toBe(tips);
      expect(await cli.json(['job', 'show', '-n', switched ?? ''])).toMatchObject({
        mini_batch_size: 10,
        compute: { instance_count: 2 },
        retry_settings: { max_retries: 1 },
      });
      expect(await cli.json(['job', 'show', '-n', placed ?? '', '--query', 'output'])).toMatchObject({
        datastore: 'azureml:workspaceblobstore',
        path: 'myoutput',
      });
      expect(stdout).toContain(`[\n  {\n    "name": "${byRest ?? ''}"`);
      expect(stdout).toMatch(/\n\]\n$/);
    });
  });
}
