import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';

/** The settings of the app, beside those of its stores: all from the environment, so that every host can give them. */
export interface Settings {
  /** The state folder of this machine; the key of the local issuer lies there. */
  readonly stateFolder: string | undefined;
  /** Where unfinished work, caches and workers have their folders. */
  readonly scratch: string;
  /** Where virtual environments are made. */
  readonly environments: string;
  /** Whether callers share this machine, so that `file:` URIs of theirs are read. */
  readonly localFiles: boolean;
  readonly python: string;
  /** Scorers that this machine runs at once. */
  readonly parallelism: number;
  /** Whether a job is bounded by that: it is where there is just this machine. */
  readonly oneMachine: boolean;
  readonly claimSeconds: number;
  readonly initSeconds: number;
  readonly idleSeconds: number;
  /** Seconds that the server of a caller's URL may take to answer. */
  readonly urlSeconds: number;
  /** Seconds that one function may take; `undefined` where nothing limits it. */
  readonly activitySeconds: number | undefined;
}

/** Reads the settings of the app from an environment. */
export function readSettings(environment: NodeJS.ProcessEnv): Settings {
  const stateFolder = environment['BATCHPOINT_STATE'] || undefined;
  const scratch = environment['BATCHPOINT_SCRATCH'] || join(stateFolder ?? tmpdir(), 'batchpoint-scratch');
  const parallelism = positive(environment, 'BATCHPOINT_MAX_PARALLELISM');
  return {
    stateFolder,
    scratch,
    environments: join(stateFolder ?? scratch, 'environments'),
    localFiles: environment['BATCHPOINT_LOCAL_FILES'] === 'true',
    python: environment['BATCHPOINT_PYTHON'] || 'python3',
    parallelism: parallelism ?? availableParallelism(),
    oneMachine: parallelism !== undefined,
    claimSeconds: positive(environment, 'BATCHPOINT_CLAIM_SECONDS') ?? 3,
    initSeconds: positive(environment, 'BATCHPOINT_INIT_TIMEOUT') ?? 600,
    idleSeconds: positive(environment, 'BATCHPOINT_WORKER_IDLE_SECONDS') ?? 300,
    urlSeconds: positive(environment, 'BATCHPOINT_URL_TIMEOUT') ?? 15,
    activitySeconds: activityLimit(environment),
  };
}

/** Minutes that the plan with the lowest limit gives a function, where the app is not told anything else. */
const lowestLimitSeconds = 300;

/**
 * The limit that the host sets to a function: `AzureFunctionsJobHost__functionTimeout`, which overrides host.json,
 * as `hh:mm:ss`, or `-1` for none. The embedded host has none.
 */
function activityLimit(environment: NodeJS.ProcessEnv): number | undefined {
  const text = environment['AzureFunctionsJobHost__functionTimeout'];
  if (text === '-1') return undefined;
  const [, days = '0', hours, minutes, seconds] = /^(?:(\d+)\.)?(\d+):(\d+):(\d+)$/.exec(text ?? '') ?? [];
  if (hours === undefined) return lowestLimitSeconds;
  return ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds);
}

function positive(environment: NodeJS.ProcessEnv, name: string): number | undefined {
  const value = Number(environment[name] || Number.NaN);
  return value > 0 ? value : undefined;
}
