import { join } from 'node:path';
import { MlflowHost } from '../support/mlflowHost';

const description = `flavors:
  python_function:
    code: code
    loader_module: results
    env: {conda: conda.yaml}
mlflow_version: 3.0.0
`;

const loader = `import blocks

class Model:
    def predict(self, data, params=None):
        import csv_chunks
        return [blocks.TEXT + csv_chunks.TEXT] * len(data)

def _load_pyfunc(path):
    return Model()
`;

describe('an MLflow model that brings code', () => {
  let scoring: MlflowHost;

  beforeAll(async () => {
    scoring = await MlflowHost.start();
  });

  afterAll(() => scoring.close());

  test('gets its own modules, whatever ours are called', async () => {
    scoring.write('coded/MLmodel', description);
    scoring.write('coded/conda.yaml', 'dependencies: [pip]\n');
    scoring.write('coded/code/results.py', loader);
    scoring.write('coded/code/blocks.py', "TEXT = 'its own '\n");
    scoring.write('coded/code/csv_chunks.py', "TEXT = 'modules'\n");
    const { rows, failed } = await scoring.score(join(scoring.host.folder, 'coded'), { 'a.csv': 'a\n1\n' });
    expect({ rows, failed }).toEqual({ rows: '0,its own modules,a.csv\n', failed: {} });
  });
});
