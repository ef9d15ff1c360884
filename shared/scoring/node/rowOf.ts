import { types } from 'node:util';

/**
 * The row that an element becomes: text as it is, numbers and truth values as JavaScript prints them, a date in ISO 8601,
 * anything else as JSON.
 */
export function rowOf(element: unknown): string {
  switch (typeof element) {
    case 'string':
      return element;
    case 'object':
      return element === null ? 'null' : objectRow(element);
    case 'function':
    case 'symbol':
      throw new TypeError(`it is a ${typeof element}`);
    default:
      return String(element);
  }
}

function objectRow(element: object): string {
  if (element instanceof Date) return element.toISOString();
  const text: unknown = JSON.stringify(element, plain);
  if (typeof text !== 'string') throw new TypeError('it has no JSON');
  // A toJSON() that gives text, as that of a URL, means the text.
  return 'toJSON' in element && text.startsWith('"') ? (JSON.parse(text) as string) : text;
}

/** What JSON has no form for, in one that it has. */
export function plain(_key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return String(value);
  if (types.isTypedArray(value)) return Array.from(value as Float64Array);
  if (value instanceof Map) return Object.fromEntries(value as Map<string, unknown>);
  if (value instanceof Set) return [...(value as Set<unknown>)];
  return value;
}
