import { failure } from '../shared/errors/batchpointError';
import { readScoringSettings, type ScoringSettings } from '../shared/scoring/scoringSettings';
import { readIssuerSettings, type IssuerSettings } from './issuerSettings';

/** The settings of the app, beside those of its stores: all from the environment, so that every host can give them. */
export interface Settings extends ScoringSettings {
  /** The state folder of this machine; the key of the local issuer lies there. */
  readonly stateFolder: string | undefined;
  readonly issuers: IssuerSettings;
  /** Whether callers share this machine, so that `file:` URIs of theirs are read. */
  readonly localFiles: boolean;
  /** Seconds that one function may take; `undefined` where nothing limits it. */
  readonly activitySeconds: number | undefined;
  /** Days after which what has run is forgotten by the machinery of orchestrations; `undefined` for never. */
  readonly instanceRetentionDays: number | undefined;
  /** Days after which jobs that have ended are removed; `undefined` for never. */
  readonly jobRetentionDays: number | undefined;
  /** The Blob service of the host in front of the local store, where it has one. */
  readonly blobService: string | undefined;
  readonly watchedContainer: WatchedContainer | undefined;
}

/** A container of which a Blob trigger tells what lands, and the name of the settings that tell its storage account. */
export interface WatchedContainer {
  readonly container: string;
  readonly connection: string;
}

/** Reads the settings of the app from an environment. Empty variables count as missing. Fails with `SettingInvalid`. */
export function readSettings(environment: NodeJS.ProcessEnv): Settings {
  const stateFolder = environment['BATCHPOINT_STATE'] || undefined;
  return {
    stateFolder,
    issuers: readIssuerSettings(environment),
    ...readScoringSettings(environment),
    localFiles: isTrue(environment, 'BATCHPOINT_LOCAL_FILES'),
    activitySeconds: activityLimit(environment),
    instanceRetentionDays: days(environment, 'BATCHPOINT_INSTANCE_RETENTION', '7'),
    jobRetentionDays: days(environment, 'BATCHPOINT_JOB_RETENTION', 'never'),
    blobService: environment['BATCHPOINT_BLOB_SERVICE'] || undefined,
    watchedContainer: readWatchedContainer(environment),
  };
}

/** The one container for which the Storage extension is to subscribe to events, if there is one. */
export function readWatchedContainer(environment: NodeJS.ProcessEnv): WatchedContainer | undefined {
  const read = (name: string): string | undefined => environment[name]?.trim() || undefined;
  const connection = read('BATCHPOINT_WATCHED_CONNECTION') ?? 'AzureWebJobsStorage';
  const container = read('BATCHPOINT_WATCHED_CONTAINER');
  return container === undefined ? undefined : { container, connection };
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

/** Days, or `never`. */
function days(environment: NodeJS.ProcessEnv, name: string, standard: string): number | undefined {
  const text = environment[name]?.trim().toLowerCase() || standard;
  if (text === 'never') return undefined;
  const value = Number(text);
  if (value > 0 && Number.isFinite(value)) return value;
  throw failure('SettingInvalid', { name, value: text, expected: "a number of days above zero, or 'never'" });
}

function isTrue(environment: NodeJS.ProcessEnv, name: string): boolean {
  const text = environment[name]?.trim().toLowerCase() || 'false';
  if (text === 'true' || text === 'false') return text === 'true';
  throw failure('SettingInvalid', { name, value: text, expected: "'true' or 'false'" });
}
