/**
 * What a host and a worker say to each other: one JSON array a line, on descriptor 3 of the worker.
 *
 * The first line to a worker is its setup. Then it loads the script and answers `ready` or `unready`. A claim goes
 * `begin`, any number of `score`, `end`. The worker scores what is queued in its order, and holds after a failure, or
 * a result that is too short, until it hears `go` or `again`. `drop` takes out what is queued but not begun.
 * In front of `ready`, and of what a mini-batch has come to, a worker may say `warned`: what the job is to warn of.
 */

/** The setup of a worker. Paths are absolute. */
export interface WorkerSetup {
  readonly host: number;
  /** `script` and `mlflow` are run by Python, `module` by Node, a script in JavaScript or TypeScript, and `onnx` too. */
  readonly kind: 'script' | 'mlflow' | 'module' | 'onnx';
  /** The code folder and the script in it; for a model without script, empty. */
  readonly folder: string;
  readonly script: string;
  /** The model's file or folder. */
  readonly model: string;
  /** The folder that scripts may write files to. */
  readonly output: string;
  readonly level: 'WARNING' | 'INFO' | 'DEBUG';
  readonly summary_only: boolean;
  /** Whether rows are to be told as blocks, and not as the text that the output has by default. */
  readonly rows?: 'blocks';
  /** Whether errors are told whole, as somebody looks on, and not just as much as a record takes. */
  readonly whole_errors?: boolean;
}

/**
 * A mini-batch as a worker gets it. Where files are parts of larger ones, it is told the numbers of their first rows in
 * those, and the folder that the paths start with instead of that of the claim.
 */
export type Handed = readonly [
  miniBatch: number,
  paths: readonly string[],
  firstRows?: readonly number[],
  root?: string,
];

export type HostMessage =
  | readonly ['begin', rows: string, files: string, root: string]
  | readonly ['score', ...Handed]
  | readonly ['again', ...Handed]
  | readonly ['go']
  | readonly ['drop']
  | readonly ['end', marker: string]
  | readonly ['shutdown'];

/** An exception of the script: its type, its message, and the end of its traceback, where it has frames of the script. */
export type ExceptionFields = readonly [type: string, message: string, traceback: string];

/** One file of a mini-batch that failed alone: its position among the paths, and why. */
export type FileFailure = readonly [position: number, kind: 'raised' | 'input', ...ExceptionFields];

export type WorkerMessage =
  | readonly ['ready', seconds: number]
  | readonly ['unready', kind: 'raised' | 'exited' | 'no-run', ...ExceptionFields]
  | readonly [
      'done',
      miniBatch: number,
      seconds: number,
      elements: number,
      rows: number,
      rowBytes: number,
      failures: readonly FileFailure[],
      files: Readonly<Record<string, number>>,
    ]
  | readonly [
      'failed',
      miniBatch: number,
      seconds: number,
      kind: 'raised' | 'exited' | 'result' | 'file-name',
      ...ExceptionFields,
    ]
  | readonly ['warned', text: string]
  | readonly ['broken', reason: string]
  | readonly ['dropped']
  | readonly ['ended'];

/** The message of a mini-batch that was scored, with or without failures. */
export type DoneMessage = Extract<WorkerMessage, readonly ['done', ...unknown[]]>;

/** The message of a try that failed. */
export type FailedMessage = Extract<WorkerMessage, readonly ['failed', ...unknown[]]>;

/** What a mini-batch that was scored has given. */
export interface RunResult {
  readonly seconds: number;
  readonly elements: number;
  readonly rows: number;
  readonly rowBytes: number;
  readonly failures: readonly FileFailure[];
  /** Sizes of the files that the script wrote itself, by path. */
  readonly scriptFiles: Readonly<Record<string, number>>;
}

/** The fields of a message by their names. */
export function resultOf(message: DoneMessage): RunResult {
  const [, , seconds, elements, rows, rowBytes, failures, scriptFiles] = message;
  return { seconds, elements, rows, rowBytes, failures, scriptFiles };
}

const isText = (value: unknown): boolean => typeof value === 'string';
const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) >= 0;
const isTime = (value: unknown): boolean => Number.isFinite(value);
const isOneOf =
  (...words: readonly string[]) =>
  (value: unknown): boolean =>
    words.includes(String(value));

/** What the fields of each message have to be. */
const fields: Readonly<Record<WorkerMessage[0], readonly ((value: unknown) => boolean)[]>> = {
  ready: [isTime],
  unready: [isOneOf('raised', 'exited', 'no-run'), isText, isText, isText],
  done: [isCount, isTime, isCount, isCount, isCount, areFailures, areSizes],
  failed: [isCount, isTime, isOneOf('raised', 'exited', 'result', 'file-name'), isText, isText, isText],
  warned: [isText],
  broken: [isText],
  dropped: [],
  ended: [],
};

/** Whether what came from a worker is one of its messages, in all its fields. */
export function isWorkerMessage(value: unknown): value is WorkerMessage {
  if (!Array.isArray(value)) return false;
  const [name, ...given] = value as unknown[];
  if (typeof name !== 'string' || !Object.hasOwn(fields, name)) return false;
  const wanted = fields[name as WorkerMessage[0]];
  return wanted.length === given.length && wanted.every((fits, i) => fits(given[i]));
}

function areFailures(value: unknown): boolean {
  return Array.isArray(value) && value.every(isFileFailure);
}

function isFileFailure(value: unknown): boolean {
  if (!Array.isArray(value) || value.length !== 5) return false;
  const [position, kind, ...exception] = value as unknown[];
  return isCount(position) && isOneOf('raised', 'input')(kind) && exception.every(isText);
}

function areSizes(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.values(value).every(isCount);
}
