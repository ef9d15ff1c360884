/** The types of tensors that a model takes and gives here, by the names that the runtime has for them. */
export type TensorType =
  | 'float32'
  | 'float64'
  | 'float16'
  | 'int8'
  | 'int16'
  | 'int32'
  | 'int64'
  | 'uint8'
  | 'uint16'
  | 'uint32'
  | 'uint64'
  | 'bool'
  | 'string';

/** An input of a model. A dimension without a number may be of any size. */
export interface ModelInput {
  readonly name: string;
  readonly type: TensorType;
  readonly shape: readonly (number | undefined)[];
}

const integers = ['int8', 'int16', 'int32', 'int64', 'uint8', 'uint16', 'uint32', 'uint64'];

/** Whether tensors of a type hold whole numbers. */
export function isInteger(type: TensorType): boolean {
  return integers.includes(type);
}

/** An input as messages show it: `float32[?, 4]`. */
export function shapeText({ type, shape }: Pick<ModelInput, 'type' | 'shape'>): string {
  return `${type}[${shape.map((size) => size ?? '?').join(', ')}]`;
}
