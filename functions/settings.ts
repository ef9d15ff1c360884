import { availableParallelism, tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { failure } from '../shared/errors/batchpointError';
import type { InstallerName } from '../shared/scoring/installing/installers';
import { readEnvironmentSettings } from '../shared/scoring/installing/environmentSettings';
import { readIssuerSettings, type IssuerSettings } from './issuerSettings';

/** The settings of the app, beside those of its stores: all from the environment, so that every host can give them. */
export interface Settings {
  /** The state folder of this machine; the key of the local issuer lies there. */
  readonly stateFolder: string | undefined;
  readonly issuers: IssuerSettings;
  /** Where unfinished work, caches and workers have their folders: on this machine, and on no other. */
  readonly scratch: string;
  /** Where virtual environments are made. */
  readonly environments: string;
  /** Whether callers share this machine, so that `file:` URIs of theirs are read. */
  readonly localFiles: boolean;
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
  /** Seconds that one function may take; `undefined` where nothing limits it. */
  readonly activitySeconds: number | undefined;
  /** The Blob service of the host in front of the local store, where it has one. */
  readonly blobService: string | undefined;
}

/** Reads the settings of the app from an environment. Empty variables count as missing. Fails with `SettingInvalid`. */
export function readSettings(environment: NodeJS.ProcessEnv): Settings {
  const stateFolder = environment['BATCHPOINT_STATE'] || undefined;
  // Not in the state folder: instances of one app share that, and tell by process ids who still runs.
  const scratch = environment['BATCHPOINT_SCRATCH'] || join(tmpdir(), `batchpoint-${userId()}`);
  const parallelism = positive(environment, 'BATCHPOINT_MAX_PARALLELISM', wholeNumber);
  return {
    stateFolder,
    issuers: readIssuerSettings(environment),
    scratch,
    environments: environment['BATCHPOINT_ENVIRONMENTS'] || join(scratch, 'environments'),
    localFiles: isTrue(environment, 'BATCHPOINT_LOCAL_FILES'),
    python: environment['BATCHPOINT_PYTHON'] || 'python3',
    ...readEnvironmentSettings(environment),
    parallelism: parallelism ?? availableParallelism(),
    oneMachine: parallelism !== undefined,
    claimSeconds: positive(environment, 'BATCHPOINT_CLAIM_SECONDS') ?? 3,
    initSeconds: positive(environment, 'BATCHPOINT_INIT_TIMEOUT') ?? 600,
    workerMemory: positive(environment, 'BATCHPOINT_WORKER_MEMORY', wholeNumber),
    idleSeconds: positive(environment, 'BATCHPOINT_WORKER_IDLE_SECONDS') ?? 300,
    urlSeconds: positive(environment, 'BATCHPOINT_URL_TIMEOUT') ?? 15,
    activitySeconds: activityLimit(environment),
    blobService: environment['BATCHPOINT_BLOB_SERVICE'] || undefined,
  };
}

/** Seconds that the plan with the lowest limit gives a function, where the app is not told anything else. */
const lowestLimitSeconds = 300;

/**
 * The limit that the host sets to a function: `AzureFunctionsJobHost__functionTimeout`, which overrides host.json,
 * as `hh:mm:ss`, or `-1` for none. The embedded host has none.
 */
function activityLimit(environment: NodeJS.ProcessEnv): number | undefined {
  const name = 'AzureFunctionsJobHost__functionTimeout';
  const value = environment[name]?.trim() || undefined;
  if (value === undefined) return lowestLimitSeconds;
  if (value === '-1') return undefined;
  const [, days = '0', hours, minutes, seconds] =
    /^(?:(\d+)\.)?(\d+):(\d+):(\d+(?:\.\d+)?)$/.exec(value) ?? [];
  if (hours === undefined)
    throw failure('SettingInvalid', {
      name,
      value,
      expected: "a time such as '00:10:00', or '-1' for no limit",
    });
  return ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds);
}

/** Users of one machine have folders of their own. */
function userId(): string {
  return String(process.getuid?.() ?? userInfo().username);
}

const someNumber = 'a number above zero';
const wholeNumber = 'a whole number from 1';

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

function isTrue(environment: NodeJS.ProcessEnv, name: string): boolean {
  const text = environment[name]?.trim().toLowerCase() || 'false';
  if (text === 'true' || text === 'false') return text === 'true';
  throw failure('SettingInvalid', { name, value: text, expected: "'true' or 'false'" });
}
