import { fromHalf } from './halfFloats';
import { nestedText } from './nestedText';
import type { TensorData } from './tensorData';

/** Values of a column of predictions, one for each row. */
export interface PredictionColumn {
  readonly name: string;
  /** Floats of 16 and 32 bits are told apart, as they are written with fewer digits. */
  readonly type: 'half' | 'float' | 'double' | 'integer' | 'boolean' | 'text';
  readonly values: ArrayLike<number | bigint | string>;
}

/** Predictions with as many rows as were scored. */
export interface PredictionTable {
  readonly rows: number;
  readonly columns: readonly PredictionColumn[];
}

/** A tensor that a model gave. */
export interface OutputTensor {
  readonly name: string;
  readonly type: string;
  readonly dims: readonly number[];
  readonly data: TensorData;
  /** Names for its columns, where the model knows any. */
  readonly labels?: readonly string[];
}

/** The predictions for the rows of a table: of each output one column, or as many as it has. */
export function tableOf(outputs: readonly OutputTensor[], rows: number): PredictionTable {
  return { rows, columns: outputs.flatMap((output) => columnsOf(output, rows)) };
}

/** The prediction for one image: one row, whatever the shapes of the outputs. */
export function rowOf(outputs: readonly OutputTensor[]): PredictionTable {
  const columns = outputs.flatMap((output) => {
    const isRow = output.dims[0] === 1;
    return columnsOf(
      isRow ? output : { ...output, dims: [1, ...output.dims] },
      1,
      isRow || output.dims.length === 0,
    );
  });
  return { rows: 1, columns };
}

/** The model gave something that is not a row for each row. */
export class OutputShapeError extends Error {
  override readonly name = 'OutputShapeError';
}

function columnsOf(output: OutputTensor, rows: number, spread = true): PredictionColumn[] {
  const { name, dims, labels } = output;
  if (dims[0] !== rows) {
    throw new OutputShapeError(
      `the output '${name}' has the shape [${dims.join(', ')}] for ${rows} rows; its first dimension has to be that of the rows`,
    );
  }
  const { type, data } = plainData(output);
  if (dims.length === 1) return [{ name, type, values: data }];
  const width = dims.slice(1).reduce((product, size) => product * size, 1);
  if (dims.length > 2 || !spread) {
    const values = Array.from({ length: rows }, (_, row) =>
      nestedText(Array.prototype.slice.call(data, row * width, (row + 1) * width), dims.slice(1), type),
    );
    return [{ name, type: 'text', values }];
  }
  return Array.from({ length: width }, (_, column) => ({
    name: width === 1 && labels === undefined ? name : `${name}_${labels?.[column] ?? column}`,
    type,
    values: width === 1 ? data : everyNth(data, column, width, rows),
  }));
}

/** Numbers as such, also those that the runtime gives as bits. */
function plainData({ type, data }: OutputTensor): {
  type: PredictionColumn['type'];
  data: ArrayLike<number | bigint | string>;
} {
  switch (type) {
    case 'float16':
      return { type: 'half', data: data instanceof Uint16Array ? Float32Array.from(data, fromHalf) : data };
    case 'float32':
      return { type: 'float', data };
    case 'float64':
      return { type: 'double', data };
    case 'bool':
      return { type: 'boolean', data };
    case 'string':
      return { type: 'text', data };
    default:
      return { type: 'integer', data };
  }
}

function everyNth(
  data: ArrayLike<number | bigint | string>,
  first: number,
  step: number,
  length: number,
): (number | bigint | string)[] {
  const values = new Array<number | bigint | string>(length);
  for (let i = 0; i < length; i++) values[i] = data[first + i * step] ?? 0;
  return values;
}
