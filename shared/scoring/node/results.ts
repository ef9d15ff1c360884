import { types } from 'node:util';
import { rowOf } from './rowOf';

/** run() gave something that is no result. */
export class ResultError extends TypeError {}

const hint = 'return an array, or a typed array of numbers, with one element for each file that was scored.';

/** The elements of what run() gave back; fails where it is no result. */
export function elementsOf(result: unknown): ArrayLike<unknown> {
  if (Array.isArray(result)) return refusePromises(result);
  if (types.isTypedArray(result) && !Buffer.isBuffer(result)) return result;
  throw new ResultError(`run() returned ${nameOf(result)}: ${hint}${wayOut(result)}`);
}

/** The rows of elements, a line for each. */
export function rowsOf(elements: ArrayLike<unknown>): Buffer {
  let text = '';
  for (let i = 0; i < elements.length; i++) text += `${rowAt(elements, i)}\n`;
  return Buffer.from(text);
}

function rowAt(elements: ArrayLike<unknown>, position: number): string {
  const element = elements[position];
  if (typeof element === 'string') return element;
  try {
    return rowOf(element);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ResultError(`element ${position} of the result of run() cannot be written as a row: ${reason}`);
  }
}

/** The one mistake that everybody makes once: a list of what is still at work. */
function refusePromises(elements: readonly unknown[]): readonly unknown[] {
  const at = elements.findIndex((element) => types.isPromise(element));
  if (at < 0) return elements;
  throw new ResultError(
    `run() returned an array of which element ${at} is a promise: return await Promise.all(...) of it.`,
  );
}

function nameOf(value: unknown): string {
  if (value === undefined || value === null) return String(value);
  if (typeof value !== 'object' && typeof value !== 'function') return `a value of type '${typeof value}'`;
  const tag: unknown = (value as { [Symbol.toStringTag]?: unknown })[Symbol.toStringTag];
  const name: unknown = (value as { constructor?: { name?: unknown } }).constructor?.name;
  const told = [name, tag].find((text) => typeof text === 'string' && text !== '');
  return `a value of type '${typeof told === 'string' ? told : typeof value}'`;
}

function wayOut(value: unknown): string {
  if (!types.isGeneratorObject(value)) return '';
  return ' A generator becomes one by Array.from(...), an async one by await Array.fromAsync(...).';
}
