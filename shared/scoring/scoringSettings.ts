import { availableParallelism, tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { failure } from '../errors/batchpointError';
import { readEnvironmentSettings } from './installing/environmentSettings';
import type { InstallerName } from './installing/installers';

/** How a process scores: settings from its environment. */
export interface ScoringSettings {
  /** Where unfinished work, caches and workers have their folders: on this machine, and on no other. */
  readonly scratch: string;
  /** Where virtual environments are made. */
  readonly environments: string;
  /** The command of the interpreter to prefer. */
  readonly python: string;
  /** Whether environments may be made with another Python than they ask for. */
  readonly anyPython: boolean;
  /** The installers that may be used beside venv and pip; all, where nothing is said. */
  readonly installers: readonly InstallerName[] | undefined;
  /** Scorers that this machine runs at once. */
  readonly parallelism: number;
  /** Whether a job is bounded by that: it is where there is just this machine. */
  readonly oneMachine: boolean;
  readonly claimSeconds: number;
  readonly initSeconds: number;
  /** Mebibytes that a scorer may hold; `undefined` where only its deployment may limit it. */
  readonly workerMemory: number | undefined;
  readonly idleSeconds: number;
  /** Seconds that the server of a caller's URL may take to answer. */
  readonly urlSeconds: number;
}

/** Reads the settings of scoring. Empty variables count as missing. Fails with `SettingInvalid`. */
export function readScoringSettings(environment: NodeJS.ProcessEnv): ScoringSettings {
  // Not in the state folder: instances of one app share that, and tell by process ids who still runs.
  const scratch = environment['BATCHPOINT_SCRATCH'] || join(tmpdir(), `batchpoint-${userId()}`);
  const parallelism = positive(environment, 'BATCHPOINT_MAX_PARALLELISM', wholeNumber);
  return {
    scratch,
    environments: environment['BATCHPOINT_ENVIRONMENTS'] || join(scratch, 'environments'),
    python: environment['BATCHPOINT_PYTHON'] || 'python3',
    ...readEnvironmentSettings(environment),
    parallelism: parallelism ?? availableParallelism(),
    oneMachine: parallelism !== undefined,
    claimSeconds: positive(environment, 'BATCHPOINT_CLAIM_SECONDS') ?? 3,
    initSeconds: positive(environment, 'BATCHPOINT_INIT_TIMEOUT') ?? 600,
    workerMemory: positive(environment, 'BATCHPOINT_WORKER_MEMORY', wholeNumber),
    idleSeconds: positive(environment, 'BATCHPOINT_WORKER_IDLE_SECONDS') ?? 300,
    urlSeconds: positive(environment, 'BATCHPOINT_URL_TIMEOUT') ?? 15,
  };
}

/** Users of one machine have folders of their own. */
function userId(): string {
  return String(process.getuid?.() ?? userInfo().username);
}

const someNumber = 'a number above zero';
const wholeNumber = 'a whole number from 1';

/** A variable that is a number above zero; `undefined` where it is not set. Fails with `SettingInvalid`. */
function positive(
  environment: NodeJS.ProcessEnv,
  name: string,
  expected: typeof someNumber | typeof wholeNumber = someNumber,
): number | undefined {
  const text = environment[name]?.trim() || undefined;
  if (text === undefined) return undefined;
  const value = Number(text);
  const fits = expected === wholeNumber ? Number.isSafeInteger(value) : Number.isFinite(value);
  if (value > 0 && fits) return value;
  throw failure('SettingInvalid', { name, value: text, expected });
}
