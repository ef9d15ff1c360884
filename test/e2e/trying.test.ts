import { execFileSync } from 'node:child_process';
import { CommandLine } from '../support/commandLine';
import { packagesPython } from '../support/pythonPackages';

const cli = new CommandLine();
afterAll(() => cli.close());

/** A model of MLflow that adds two columns, and cannot add what is missing. */
const save = `
import sys
import mlflow.pyfunc, pandas
from mlflow.models import infer_signature

class Sum(mlflow.pyfunc.PythonModel):
    def predict(self, context, model_input, params=None):
        print("adding", len(model_input))
        return model_input['a'] + model_input['b']

signature = infer_signature(pandas.DataFrame({'a': [1.0], 'b': [2.0]}), pandas.Series([3.0]))
mlflow.pyfunc.save_model(sys.argv[1], python_model=Sum(), signature=signature)
`;

test('a trial of an MLflow model scores tables without a script, and tells which file it cannot score', async () => {
  const python = await packagesPython();
  execFileSync(python, [cli.file('save.py', save), `${cli.folder}/model`], { stdio: 'pipe' });
  cli.file('input/one.csv', 'a,b\n1,2\n3,4.5\n');
  cli.file('input/two.csv', 'a\n1\n');
  const environment = `environment: {python: ${python}}`;
  const file = cli.file(
    'deployment.yml',
    `name: sums\nmodel: {path: model, type: mlflow_model}\n${environment}\ncompute: azureml:cpu\n`,
  );
  const { code, stdout, stderr } = await cli.run(['deployment', 'try', '-f', file, '--input', 'input']);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '0,3.0,one.csv\n1,7.5,one.csv\n' });
  expect(stderr).toContain('adding 2\n');
  expect(stderr).toContain('2 files in 1 mini-batch: 2 rows, 1 failed.');
  expect(stderr).toMatch(/two\.csv: FileInvalid: [^]*'b'/);
});
