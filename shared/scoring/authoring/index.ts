/**
 * For authors of scoring scripts in JavaScript and TypeScript: the package exports it as `batchpoint/scoring`, and a
 * script that runs finds it under this name wherever it lies.
 */

/**
 * What one element of a result may be. Text is written as it is, a date in ISO 8601, arrays and other objects as JSON; a
 * promise has to be awaited first.
 */
export type Prediction =
  | string
  | number
  | bigint
  | boolean
  | null
  | undefined
  | (object & { readonly then?: never; readonly call?: never });

/** Numbers in an array of one type. */
export type TypedArray =
  | Int8Array
  | Uint8Array
  | Uint8ClampedArray
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float32Array
  | Float64Array
  | BigInt64Array
  | BigUint64Array;

/** What `run()` gives back: one element for each file that was scored, or more. Each becomes a row, in this order. */
export type Predictions = readonly Prediction[] | TypedArray;

/** Called once in each worker process, before any `run()`: loads the model. */
export type Init = () => void | Promise<void>;

/** Called for each mini-batch, with whole paths of its files on this machine. */
export type Run = (miniBatch: string[]) => Predictions | Promise<Predictions>;

/** Called when a worker process is let go. It has three seconds. */
export type Shutdown = () => void | Promise<void>;

/** What a scoring script exports, by names or as its default. */
export interface ScoringScript {
  readonly init?: Init;
  readonly run: Run;
  readonly shutdown?: Shutdown;
}

/** The folder with the model: a registered folder or file keeps its own name in it. */
export function modelFolder(): string {
  return folderOf('AZUREML_MODEL_DIR');
}

/** The folder for files that a script writes itself: they are part of the output of the job. */
export function outputFolder(): string {
  return folderOf('AZUREML_BI_OUTPUT_PATH');
}

function folderOf(variable: string): string {
  const folder = process.env[variable];
  if (folder !== undefined) return folder;
  throw new Error(`${variable} is not set: it is only in a worker that scores with this script.`);
}
