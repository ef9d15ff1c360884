import type { commandLineErrors } from '../../shared/errors/catalogue/commandLine';
import { fileErrors } from '../../shared/errors/catalogue/files';
import { refusalErrors } from '../../shared/errors/catalogue/refusals';

/** What the exit codes mean. Scripts rely on them: they are documented, and do not change. */
export const exitCodes = {
  done: 0,
  failed: 1,
  usage: 2,
  notFound: 3,
  noHost: 4,
  interrupted: 130,
} as const;

/** The exit codes in words, for help and documentation. */
export const exitCodeMeanings: readonly (readonly [code: number, meaning: string])[] = [
  [exitCodes.done, 'done; for `job stream`: the job is Completed'],
  [exitCodes.failed, 'the operation or the job failed, or the job was cancelled'],
  [exitCodes.usage, 'wrong usage, or a file that is missing or does not validate; nothing was changed'],
  [exitCodes.notFound, 'what was named does not exist: an endpoint, a job, a version, an input'],
  [exitCodes.noHost, 'the host cannot be reached or started'],
  [exitCodes.interrupted, 'interrupted with Ctrl-C'],
];

/** Errors of a server or of the checks here that say: what was asked for can never work like this. */
const usageErrors: ReadonlySet<string> = new Set([
  ...Object.keys(fileErrors),
  ...Object.keys(refusalErrors),
  'UsageInvalid',
  'SettingInvalid',
  'QueryInvalid',
  'ConfirmationNeeded',
  'NothingToChange',
  'BodyInvalid',
  'BodyNotJson',
  'ParameterInvalid',
  'NameInvalid',
  'ReferenceInvalid',
  'NameReferenceInvalid',
  'RegistryUnsupported',
  'UriInvalid',
  'DatastoreIncomplete',
  'InputMissing',
  'InputAmbiguous',
  'InputUriUnsafe',
  'OutputInvalid',
  'OutputOptionsMixed',
  'OutputColumnTwice',
  'ScriptMissing',
  'ScriptWithoutRun',
  'ScriptNeeded',
  'MLmodelMissing',
  'MLmodelInvalid',
  'FlavorMissing',
  'CondaFileInvalid',
  'PythonEnvFileInvalid',
  'RequirementsFileInvalid',
  'EnvironmentAmbiguous',
  'EnvironmentOfOneMachine',
  'ImageInvalid',
  'PythonVersionMissing',
  'AssetPathMissing',
  'AssetEmpty',
  'TrialPartElsewhere',
  'CronInvalid',
  'ScheduleNeverDue',
  'TimeZoneUnknown',
  'ScheduleTimeInvalid',
  'RecurrenceInvalid',
  'SchedulePlaceInvalid',
  'TriggerInvalid',
  'TriggerOutputInvalid',
  'TriggerWatchesOwnOutput',
  'TriggerCycle',
]);

const notFoundErrors: ReadonlySet<string> = new Set([
  'ResourceNotFound',
  'VersionNotFound',
  'NoCurrentVersion',
  'OperationNotFound',
  'InputNotFound',
  'AssetFileMissing',
  'JobFileMissing',
  'JobOutputUnknown',
  'DefaultDeploymentMissing',
]);

const hostErrors: ReadonlySet<string> = new Set<keyof typeof commandLineErrors>([
  'HostUnreachable',
  'HostStartFailed',
  'HostRunsAlready',
  'HostAnswerOdd',
  'HostWithoutHttps',
]);

/** The exit code of an error by its code. */
export function exitCodeOf(errorCode: string): number {
  if (errorCode === 'Interrupted') return exitCodes.interrupted;
  if (usageErrors.has(errorCode)) return exitCodes.usage;
  if (notFoundErrors.has(errorCode)) return exitCodes.notFound;
  return hostErrors.has(errorCode) ? exitCodes.noHost : exitCodes.failed;
}
