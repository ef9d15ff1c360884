import { fromHalf } from './halfFloats';
import type { TensorData } from './tensorData';

/** A value as the runtime gives it; true and false are 1 and 0. */
export type Value = number | bigint | string;

/** Values of more than one dimension, as lists of lists. */
export type Nested = Value | readonly Nested[];

/** What values are. Floats of 16 and 32 bits are told apart, as they have fewer digits. */
export type ValueType = 'half' | 'float' | 'double' | 'integer' | 'boolean' | 'text';

/** Predictions of one name, one for each row. */
export interface PredictionColumn {
  readonly name: string;
  readonly type: ValueType;
  readonly values: ArrayLike<Nested>;
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

/** The model gave something that is not a row for each row. */
export class OutputShapeError extends Error {
  override readonly name = 'OutputShapeError';
}

/** The predictions for the rows of a table: of each output one column, or as many as it has. */
export function tableOf(outputs: readonly OutputTensor[], rows: number): PredictionTable {
  for (const { name, dims } of outputs) {
    if (dims[0] === rows) continue;
    throw new OutputShapeError(
      `the output '${name}' has the shape [${dims.join(', ')}] for ${rows} rows: its first dimension has to be that of the rows`,
    );
  }
  return { rows, columns: outputs.flatMap((output) => columnsOf(output, rows)) };
}

/** The prediction for one image: one row, whatever the shapes of the outputs. */
export function rowOf(outputs: readonly OutputTensor[]): PredictionTable {
  const columns = outputs.flatMap((output) => {
    if (output.dims[0] === 1) return columnsOf(output, 1);
    if (output.dims.length === 0) return columnsOf({ ...output, dims: [1] }, 1);
    const { type, data } = plainData(output);
    return [{ name: output.name, type, values: [nested(data, 0, output.dims)] }];
  });
  return { rows: 1, columns };
}

function columnsOf(output: OutputTensor, rows: number): PredictionColumn[] {
  const { name, dims, labels } = output;
  const { type, data } = plainData(output);
  if (dims.length === 1) return [{ name, type, values: data }];
  const inner = dims.slice(1);
  const width = sizeOf(inner);
  if (dims.length > 2) {
    return [
      { name, type, values: Array.from({ length: rows }, (_, row) => nested(data, row * width, inner)) },
    ];
  }
  if (width === 1 && labels === undefined) return [{ name, type, values: data }];
  return Array.from({ length: width }, (_, column) => ({
    name: `${name}_${labels?.[column] ?? column}`,
    type,
    values: everyNth(data, column, width, rows),
  }));
}

/** Numbers as such, also those that the runtime gives as bits. */
function plainData({ type, data }: OutputTensor): { type: ValueType; data: ArrayLike<Value> } {
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

function everyNth(data: ArrayLike<Value>, first: number, step: number, length: number): Value[] {
  const values = new Array<Value>(length);
  for (let i = 0; i < length; i++) values[i] = data[first + i * step] ?? 0;
  return values;
}

function nested(data: ArrayLike<Value>, from: number, dims: readonly number[]): Nested {
  const [size, ...inner] = dims;
  if (size === undefined) return data[from] ?? 0;
  const width = sizeOf(inner);
  return Array.from({ length: size }, (_, i) => nested(data, from + i * width, inner));
}

function sizeOf(dims: readonly number[]): number {
  return dims.reduce((product, size) => product * size, 1);
}
