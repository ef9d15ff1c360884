import type { BlockColumn, Cell, ColumnType } from './block';
import type { SchemaElement } from './parquetModel';
import { daysOf, microsecondsOf } from './cells';

/** How each type of column is stored. Every column may have nulls. */
const elements = {
  bool: { type: 'BOOLEAN' },
  int64: { type: 'INT64' },
  double: { type: 'DOUBLE' },
  string: { type: 'BYTE_ARRAY', converted_type: 'UTF8', logical_type: { type: 'STRING' } },
  bytes: { type: 'BYTE_ARRAY' },
  date: { type: 'INT32', converted_type: 'DATE', logical_type: { type: 'DATE' } },
  timestamp: {
    type: 'INT64',
    converted_type: 'TIMESTAMP_MICROS',
    logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MICROS' },
  },
  json: { type: 'BYTE_ARRAY', converted_type: 'JSON', logical_type: { type: 'JSON' } },
} as const satisfies Record<ColumnType, Partial<SchemaElement>>;

/** The schema of a file with these columns. One of which nothing is known is of text. */
export function parquetSchema(columns: readonly BlockColumn[]): SchemaElement[] {
  return [
    { name: 'root', num_children: columns.length },
    ...columns.map(({ name, type }) => ({ name, repetition_type: 'OPTIONAL' as const, ...elementOf(type) })),
  ];
}

/** How a column is stored; one of nothing but nulls looks the same in all types. */
export function elementOf(type: BlockColumn['type']): (typeof elements)[ColumnType] {
  return elements[type === 'null' ? 'string' : type];
}

const smallest = -(2n ** 63n);
const largest = 2n ** 63n - 1n;

/** A value as it is stored; `undefined` where a column of this type cannot hold it. */
export function parquetValue(value: Cell, type: ColumnType): unknown {
  if (value === null) return null;
  switch (type) {
    case 'int64': {
      const whole = BigInt(value);
      return whole < smallest || whole > largest ? undefined : whole;
    }
    case 'double':
      return typeof value === 'number' ? value : value === '-inf' ? -Infinity : Infinity;
    case 'bytes':
      return Uint8Array.from(Buffer.from(String(value), 'base64'));
    case 'json':
      return Uint8Array.from(Buffer.from(String(value)));
    case 'date':
      return daysOf(String(value));
    case 'timestamp':
      return microsecondsOf(String(value));
    default:
      return value;
  }
}
