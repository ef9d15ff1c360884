import { toHalf } from './halfFloats';
import type { TensorType } from './modelInputs';

/** What a tensor holds. Numbers of 16 bits are their bits, and true and false are 1 and 0. */
export type TensorData =
  | Float32Array
  | Float64Array
  | Int8Array
  | Int16Array
  | Int32Array
  | Uint8Array
  | Uint16Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array
  | string[];

type NumberData = Exclude<TensorData, BigInt64Array | BigUint64Array | string[]>;

/** Room for so many values. */
export function makeData(type: TensorType, length: number): TensorData {
  switch (type) {
    case 'float32':
      return new Float32Array(length);
    case 'float64':
      return new Float64Array(length);
    case 'int8':
      return new Int8Array(length);
    case 'int16':
      return new Int16Array(length);
    case 'int32':
      return new Int32Array(length);
    case 'int64':
      return new BigInt64Array(length);
    case 'uint8':
    case 'bool':
      return new Uint8Array(length);
    case 'uint16':
    case 'float16':
      return new Uint16Array(length);
    case 'uint32':
      return new Uint32Array(length);
    case 'uint64':
      return new BigUint64Array(length);
    case 'string':
      return new Array<string>(length).fill('');
  }
}

/**
 * Puts numbers into every `stride`th place from an offset on. Answers the position of the first number that the type
 * cannot hold; `undefined` where it holds all.
 */
export function putNumbers(
  data: TensorData,
  type: TensorType,
  values: ArrayLike<number | bigint>,
  { offset, stride }: { offset: number; stride: number },
): number | undefined {
  if (data instanceof BigInt64Array && values instanceof BigInt64Array) {
    for (let i = 0; i < values.length; i++) data[offset + i * stride] = values[i] ?? 0n;
    return undefined;
  }
  if (data instanceof BigInt64Array || data instanceof BigUint64Array) {
    return putBig(data, values, { offset, stride });
  }
  return putSmall(data as NumberData, type, values, { offset, stride });
}

function putBig(
  data: BigInt64Array | BigUint64Array,
  values: ArrayLike<number | bigint>,
  { offset, stride }: { offset: number; stride: number },
): number | undefined {
  const lowest = data instanceof BigUint64Array ? 0 : -Infinity;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? 0;
    if (value < lowest || (typeof value === 'number' && !Number.isSafeInteger(value))) return i;
    data[offset + i * stride] = BigInt(value);
  }
  return undefined;
}

function putSmall(
  data: NumberData,
  type: TensorType,
  values: ArrayLike<number | bigint>,
  { offset, stride }: { offset: number; stride: number },
): number | undefined {
  const half = type === 'float16';
  const exact = !half && !(data instanceof Float32Array || data instanceof Float64Array);
  for (let i = 0; i < values.length; i++) {
    const value = Number(values[i]);
    const at = offset + i * stride;
    data[at] = half ? toHalf(value) : value;
    if (exact && data[at] !== value) return i;
  }
  return undefined;
}

/** The rows of a tensor from one to before another, without a copy where that can be. */
export function rowsOf(data: TensorData, width: number, from: number, to: number): TensorData {
  return Array.isArray(data) ? data.slice(from * width, to * width) : data.subarray(from * width, to * width);
}

/** Moves the rows from one on to the start. */
export function moveToStart(data: TensorData, width: number, from: number, to: number): void {
  data.copyWithin(0, from * width, to * width);
}
