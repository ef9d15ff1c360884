import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { CommandLine, packageRoot } from '../support/commandLine';
import { FileServer } from '../support/fileServer';
import { packagesPython } from '../support/pythonPackages';
import { replaced, runForAz, scoreOf, type Replacement } from '../support/shellScript';

/** The script of today's guide with its files. */
const heart = '2026/cli/endpoints/batch/deploy-models/heart-classifier-mlflow';
const examples = join(packageRoot, '../shared/azureml-examples', heart);
const missing = `the files of today are not beside the project (${examples})`;

/** What of the script cannot work anywhere, and what is meant. */
const faults: readonly Replacement[] = [
  // With blanks, a shell looks for a program of that name.
  ['JOB_NAME = $(', 'JOB_NAME=$('],
  // There is no folder of the model beside the script.
  ['--path "model"', '--path "deployment-simple/model"'],
  // Images are sent to a model of tables.
  ['https://azuremlexampledata.blob.core.windows.net/data/mnist/sample', 'HEART_URL'],
];

/** The same of the scoring script. */
const scriptFaults: readonly Replacement[] = [
  // MLflow has no function of that name.
  ['mlflow.pyfunc.load(', 'mlflow.pyfunc.load_model('],
  // A name that a function assigns to is its own, unless it says otherwise.
  ['def run(mini_batch):\n', 'def run(mini_batch):\n    global model_output_names\n'],
  // Rows of two files have the same numbers, and predictions cannot stand beside them.
  ['mini_batch\n        )\n    )', 'mini_batch\n        ),\n        ignore_index=True,\n    )'],
];

/** Trains a model on the same columns, and tells what it predicts for every file. */
const train = `
import glob, json, os, sys
import mlflow.sklearn, pandas
from mlflow.models import infer_signature
from sklearn.compose import ColumnTransformer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder

data, folder = sys.argv[1:]
files = sorted(glob.glob(os.path.join(data, '*.csv')))
rows = pandas.concat(map(pandas.read_csv, files))
labels = (rows['chol'] + rows['age'] > 300).astype(int)
encode = ColumnTransformer([('thal', OneHotEncoder(handle_unknown='ignore'), ['thal'])], remainder='passthrough')
model = make_pipeline(encode, LogisticRegression(max_iter=5000)).fit(rows, labels)
mlflow.sklearn.save_model(model, folder, signature=infer_signature(rows, model.predict(rows)), serialization_format='cloudpickle')
for name in ('conda.yaml', 'requirements.txt', 'python_env.yaml'):
    os.remove(os.path.join(folder, name))
loaded = mlflow.pyfunc.load_model(folder)
print(json.dumps([[os.path.basename(one), [int(label) for label in loaded.predict(pandas.read_csv(one))]] for one in files]))
`;

if (!existsSync(examples)) {
  if (process.env['CI'] !== undefined) throw new Error(missing);
  test.skip(`skipped, as ${missing}`, () => undefined);
} else {
  describe("the script of today's guide, where its faults are mended", () => {
    let cli: CommandLine;
    let server: FileServer;
    let predictions: [file: string, labels: number[]][];

    beforeAll(async () => {
      const python = await packagesPython();
      cli = new CommandLine({ BATCHPOINT_PYTHON: python });
      server = await FileServer.start();
      cpSync(examples, cli.folder, { recursive: true });
      const model = join(cli.folder, 'deployment-simple/model');
      const data = join(cli.folder, 'data');
      rmSync(model, { recursive: true });
      const told = execFileSync(python, [cli.file('train.py', train), data, model], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      predictions = JSON.parse(told.trim().split('\n').at(-1) ?? '') as typeof predictions;
      for (const name of readdirSync(data)) server.put(`heart/${name}`, readFileSync(join(data, name)));
      const read = (path: string): string => readFileSync(join(examples, path), 'utf8');
      const url: Replacement = ['HEART_URL', `${server.url}/account/container/heart`];
      cli.file('deploy-and-run.sh', replaced(read('deploy-and-run.sh'), [...faults, url]));
      const driver = 'deployment-custom/code/batch_driver.py';
      cli.file(driver, replaced(read(driver), scriptFaults));
      // What it names cannot be installed for a current Python; the Python of the tests has what the script needs.
      cli.file('deployment-custom/environment/conda.yaml', 'name: mlflow-env\ndependencies: [pip]\n');
    });
    afterAll(async () => {
      await cli.close();
      await server.stop();
    });

    test('runs from its first line to its last, and both jobs have their predictions', async () => {
      const python = await packagesPython();
      const { code, stdout, stderr } = await runForAz(cli, 'deploy-and-run.sh', {
        BATCHPOINT_PYTHON: python,
      });
      expect([code, code === 0 ? '' : stderr]).toEqual([0, '']);
      expect(stdout.match(/^Job completed$/gm)).toHaveLength(2);
      const jobs = await cli.json<{ name: string; deployment_name: string }[]>(['job', 'list']);
      expect(jobs.map((job) => job.deployment_name)).toEqual([
        'classifier-xgboost-custom',
        'classifier-xgboost-mlflow',
      ]);
      const [custom = '', simple = ''] = jobs.map(({ name }) => name);
      expect(await scoreOf(cli, simple)).toBe(
        predictions
          .flatMap(([file, labels]) => labels.map((label, row) => `${row},${label},${file}\n`))
          .join(''),
      );
      const rows = (await scoreOf(cli, custom))
        .trimEnd()
        .split('\n')
        .map((row) => row.split(' '));
      expect(rows.map((row) => [row.at(-2), Number(row.at(-1))])).toEqual(
        predictions.flatMap(([file, labels]) => labels.map((label) => [file, label])),
      );
      expect(rows).toHaveLength(303);
      // The last line of the script deletes the endpoint; its jobs and their output stay.
      expect(await cli.json(['batch-endpoint', 'list'])).toEqual([]);
    });
  });
}
