import type { BlockColumn, Cell, ColumnType } from './block';

/** A value as plain text, as it stands in a CSV file. */
export function plainText(value: Cell, type: BlockColumn['type']): string {
  if (value === null) return '';
  if (type !== 'json') return String(value);
  const text = String(value);
  return text.startsWith('"') ? String(JSON.parse(text)) : text;
}

/** A value as JSON. */
export function jsonText(value: Cell, type: BlockColumn['type']): string {
  if (value === null) return 'null';
  if (type === 'json' || type === 'int64') return String(value);
  // Half a character has no form in UTF-8, and not all readers take the one that JSON has for it.
  return JSON.stringify(typeof value === 'string' ? value.replace(/\p{Surrogate}/gu, '\ufffd') : value);
}

/** A value in another type; `undefined` where it is none of that type. */
export function cast(value: Cell, from: BlockColumn['type'], to: ColumnType): Cell | undefined {
  if (value === null || from === to || from === 'null') return value;
  if (to === 'string') return plainText(value, from);
  if (to === 'json') return jsonText(value, from);
  if (from === 'json') return castJson(String(value), to);
  switch (to) {
    case 'int64':
      return from === 'double' && Number.isSafeInteger(value) ? value : undefined;
    case 'double':
      return from === 'int64' ? Number(value) : undefined;
    case 'date':
      return dateOf(String(value), from);
    case 'timestamp':
      return timestampOf(String(value), from);
    default:
      return undefined;
  }
}

/** A value that came as JSON, because others of its column are of another kind. */
function castJson(text: string, to: ColumnType): Cell | undefined {
  const value = JSON.parse(text) as unknown;
  if (value === null) return null;
  if (typeof value === 'boolean') return to === 'bool' ? value : undefined;
  if (typeof value === 'string') return cast(value, 'string', to);
  if (typeof value !== 'number') return undefined;
  if (/^-?\d+$/.test(text)) return cast(Number.isSafeInteger(value) ? value : text, 'int64', to);
  return cast(value, 'double', to);
}

function dateOf(text: string, from: BlockColumn['type']): string | undefined {
  if (from === 'timestamp')
    return /T00:00:00(\.0+)?(Z|[+]00:00)?$/.test(text) ? text.slice(0, 10) : undefined;
  return from === 'string' && daysOf(text) !== undefined ? text : undefined;
}

function timestampOf(text: string, from: BlockColumn['type']): string | undefined {
  if (from === 'date') return `${text}T00:00:00`;
  return from === 'string' && microsecondsOf(text) !== undefined ? text : undefined;
}

const date = /^\d{4}-\d\d-\d\d$/;
const timestamp = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)?$/;

/** Days since 1970 of a date in ISO 8601; `undefined` where it is none. */
export function daysOf(text: string): number | undefined {
  if (!date.test(text)) return undefined;
  const milliseconds = Date.parse(`${text}T00:00:00Z`);
  // A day that a month does not have goes over into the next one.
  if (!Number.isFinite(milliseconds) || !new Date(milliseconds).toISOString().startsWith(text))
    return undefined;
  return milliseconds / 86_400_000;
}

/** Microseconds since 1970 of a time in ISO 8601, in UTC where it names no zone; finer parts are cut off. */
export function microsecondsOf(text: string): bigint | undefined {
  const [, day = '', time = '', fraction = '', zone = 'Z'] = timestamp.exec(text) ?? [];
  if (daysOf(day) === undefined) return undefined;
  const milliseconds = Date.parse(`${day}T${time}${zone}`);
  if (!Number.isFinite(milliseconds)) return undefined;
  return BigInt(milliseconds) * 1000n + BigInt(fraction.padEnd(6, '0').slice(0, 6));
}
