import type { WorkerSetup } from '../workerMessages';
import { loadScript } from './scriptScorer';
import type { WorkerScorer } from './workerScorer';

/** Makes what scores in a worker of this setup. */
export async function loadScorer(setup: WorkerSetup): Promise<WorkerScorer> {
  if (setup.kind !== 'onnx') return loadScript(setup);
  const { OnnxScorer } = onnx();
  return new OnnxScorer(setup);
}

/** Loaded where it is needed, as its packages take a while to load, and have parts that not every system has. */
function onnx(): typeof import('../onnx/onnxScorer') {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- a module of the app itself, loaded late
  return require('../onnx/onnxScorer') as typeof import('../onnx/onnxScorer');
}
