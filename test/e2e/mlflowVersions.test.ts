import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { MlflowHost } from '../support/mlflowHost';

/** A model as scikit-learn 1.2.2 has saved it: a tree, which no later version can load. */
const tree = join(__dirname, '../support/treeOfScikitLearn122.pkl');

const description = `flavors:
  python_function:
    env: {conda: conda.yaml}
    loader_module: mlflow.sklearn
    model_path: model.pkl
    predict_fn: predict
    python_version: 3.10.12
  sklearn:
    pickled_model: model.pkl
    serialization_format: pickle
    sklearn_version: 1.2.2
mlflow_version: 2.9.2
`;

describe('an MLflow model that was saved by other versions', () => {
  let scoring: MlflowHost;

  beforeAll(async () => {
    scoring = await MlflowHost.start();
  });

  afterAll(() => scoring.close());

  test('fails in init(), with the versions that it was saved with and those that are installed', async () => {
    scoring.write('tree/MLmodel', description);
    scoring.write('tree/conda.yaml', 'dependencies: [pip, {pip: [scikit-learn==1.2.2]}]\n');
    scoring.write('tree/requirements.txt', 'mlflow==2.9.2\nscikit-learn==1.2.2\n');
    copyFileSync(tree, scoring.write('tree/model.pkl', ''));
    const { job } = await scoring.score(join(scoring.host.folder, 'tree'), { 'a.csv': 'a,b\n1,2\n' });
    const installed = scoring.run(
      'import sklearn, mlflow, sys; print(mlflow.__version__, sklearn.__version__, sys.version.split()[0])',
    );
    const [mlflow = '', sklearn = '', python = ''] = installed.trim().split(' ');
    expect(job.properties.error).toMatchObject({ code: 'InitFailed' });
    expect(job.properties.error?.message).toContain('node array from the pickle has an incompatible dtype');
    expect(job.properties.error?.message).toContain(
      '(The model was saved with scikit-learn 1.2.2 and mlflow 2.9.2' +
        (python.startsWith('3.10.') ? '' : ' and Python 3.10.12') +
        `, and is loaded here with scikit-learn ${sklearn} and mlflow ${mlflow}` +
        (python.startsWith('3.10.') ? '' : ` and Python ${python}`) +
        '.',
    );
  });
});
