import { join } from 'node:path';
import { version as onnxVersion } from 'onnxruntime-node/package.json';
import { VirtualEnvironments } from '../../shared/scoring/virtualEnvironments';

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

/** The interpreter of an environment with the packages that tests need; made once, and kept between runs. */
export function packagesPython(): Promise<string> {
  const folder = join(__dirname, '../../node_modules/.cache/batchpoint/environments');
  return new VirtualEnvironments(folder, 'python3').python({ lines }, () => undefined);
}
