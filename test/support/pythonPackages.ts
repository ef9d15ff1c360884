import { delimiter, dirname, join } from 'node:path';
import { version as onnxVersion } from 'onnxruntime-node/package.json';
import { VirtualEnvironments } from '../../shared/scoring/virtualEnvironments';
import { uvProgram } from './uvProgram';

/** The runtime of ONNX models of the version that Node has: another may add up in another order. */
const sameRuntime = `onnxruntime==${onnxVersion.split('.').slice(0, 2).join('.')}.*`;

/** What models and oracles of the tests need. */
const lines = [
  'mlflow',
  'scikit-learn',
  'pandas',
  'pillow',
  'pyarrow',
  'lightgbm',
  'onnx',
  sameRuntime,
  'skl2onnx',
];

/** The interpreter of an environment with the packages that tests need. */
export function packagesPython(): Promise<string> {
  return pythonWith(lines);
}

/** The interpreter of an environment with these packages; made once, by uv as the quickest, and kept between runs. */
export async function pythonWith(packages: readonly string[]): Promise<string> {
  const folder = join(__dirname, '../../node_modules/.cache/batchpoint/environments');
  const PATH = [dirname(await uvProgram()), process.env['PATH']].join(delimiter);
  const environments = new VirtualEnvironments(folder, 'python3', {
    variables: { ...process.env, PATH },
    installers: ['uv'],
  });
  return environments.python({ lines: packages }, () => undefined);
}
