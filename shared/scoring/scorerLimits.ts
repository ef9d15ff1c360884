import { failure } from '../errors/batchpointError';
import type { JobSettings } from '../jobs/jobSpec';

/** What a deployment, or a job, sets for its workers in place of the host. */
export interface ScorerLimits {
  /** Mebibytes of memory that a worker may hold with all that it starts. */
  readonly memory?: number;
  /** Seconds that `init()` may take. */
  readonly initSeconds?: number;
}

/** The environment variable of a deployment that has the seconds of its `init()`; that of the host has the same name. */
const initTimeout = 'BATCHPOINT_INIT_TIMEOUT';

/** The limits that settings give. Fails with `VariableInvalid`. */
export function limitsOf({
  workerMemory,
  environmentVariables,
}: Pick<JobSettings, 'workerMemory' | 'environmentVariables'>): ScorerLimits {
  const initSeconds = secondsIn(environmentVariables, initTimeout);
  return {
    ...(workerMemory === undefined ? {} : { memory: workerMemory }),
    ...(initSeconds === undefined ? {} : { initSeconds }),
  };
}

function secondsIn(variables: Readonly<Record<string, string>>, name: string): number | undefined {
  const text = variables[name]?.trim() || undefined;
  if (text === undefined) return undefined;
  const value = Number(text);
  if (Number.isFinite(value) && value > 0) return value;
  throw failure('VariableInvalid', { name, value: text, expected: 'a number of seconds above zero' });
}
