import type { InferenceSession } from 'onnxruntime-node';

/** MLflow has the numbers that the runtime has for its levels. */
const levels: Readonly<Record<string, 'disabled' | 'basic' | 'extended' | 'layout' | 'all'>> = {
  0: 'disabled',
  1: 'basic',
  2: 'extended',
  3: 'layout',
  99: 'all',
};

/**
 * The options of a session, from those that an MLflow model has. Models run on the processor, whatever providers they
 * name: others come with libraries that this package is without.
 */
export function sessionOptions(given: Readonly<Record<string, unknown>>): InferenceSession.SessionOptions {
  const { intra_op_num_threads: intra, inter_op_num_threads: inter, execution_mode: mode } = given;
  const level = levels[String(given['graph_optimization_level'])];
  const extra = given['extra_session_config'];
  return {
    executionProviders: ['cpu'],
    ...(isCount(intra) ? { intraOpNumThreads: intra } : {}),
    ...(isCount(inter) ? { interOpNumThreads: inter } : {}),
    ...(typeof mode === 'string'
      ? { executionMode: /^parallel$/i.test(mode) ? 'parallel' : 'sequential' }
      : {}),
    ...(level === undefined ? {} : { graphOptimizationLevel: level }),
    extra: {
      // Threads that wait in a loop take the time of the other workers of the machine.
      'session.intra_op.allow_spinning': '0',
      'session.inter_op.allow_spinning': '0',
      ...(typeof extra === 'object' && extra !== null ? texts(extra) : {}),
    },
  };
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) > 0;
}

function texts(entries: object): Record<string, string> {
  return Object.fromEntries(Object.entries(entries).map(([name, value]) => [name, String(value)]));
}
