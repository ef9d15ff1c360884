import { basename, sep } from 'node:path';
import { inspect, types } from 'node:util';
import type { ExceptionFields } from '../workerMessages';
import { ResultError } from './results';

/** The most characters of a message, and of a trace. */
const longestText = 4000;

/** The most characters of a message within a trace, so that it leaves room for the frames. */
const longestHead = 1000;

/** How many causes of an error are shown. */
const mostCauses = 5;

/** Type, message and trace of what a script has thrown; unless `whole`, cut so that no script can flood a record. */
export function describe(error: unknown, whole = false): ExceptionFields {
  const longest = whole ? Infinity : longestText;
  // What run() gave back is looked at here, so there is no line of the script to show.
  const trace = error instanceof ResultError ? '' : cut(traceOf(error, whole), longest);
  return [typeOf(error), cut(messageOf(error) + placeOf(error) + hintFor(error), longest), trace];
}

/** Frames of what Node does by itself, such as loading a module. */
const ofNode = /\bnode:(?:internal|diagnostics_channel)\b/;

/** The lines of a stack that are about the script: not those of Node and of this folder. */
export function scriptFrames(stack: string): string {
  const frames = stack.split('\n').filter((line) => /^\s+at /.test(line));
  return frames
    .filter((line) => !ofNode.test(line) && !line.includes(__dirname + sep))
    .map((line) => `${line}\n`)
    .join('');
}

function traceOf(error: unknown, whole: boolean, causes = mostCauses): string {
  if (!isError(error)) return `${typeOf(error)}: ${messageOf(error)}\n`;
  const stack = textOf(() => error.stack);
  const head = `${typeOf(error)}: ${cut(messageOf(error), whole ? Infinity : longestHead)}\n`;
  const own = codeOf(stack) + head + scriptFrames(stack);
  const cause = propertyOf(error, 'cause');
  return cause === undefined || causes === 0 ? own : `${own}Caused by ${traceOf(cause, whole, causes - 1)}`;
}

/** What stands before the error itself in the stack of a syntax error: its file and line, and the code there. */
function codeOf(stack: string): string {
  return /^(?:file:\/\/)?\/[^\n]*:\d+\n[\s\S]*?\n\n?(?=SyntaxError\b)/.exec(stack)?.[0] ?? '';
}

/** Where a syntax error is, as Python tells it in the message. */
function placeOf(error: unknown): string {
  if (!isError(error) || propertyOf(error, 'name') !== 'SyntaxError') return '';
  const [, file, line] = /^([^\n]+):(\d+)\n/.exec(codeOf(textOf(() => error.stack))) ?? [];
  return file === undefined ? '' : ` (${basename(file)}, line ${line})`;
}

/** What to add to the message of an error; empty for those that say enough. */
function hintFor(error: unknown): string {
  const code = propertyOf(error, 'code');
  if (code !== 'ERR_MODULE_NOT_FOUND' && code !== 'MODULE_NOT_FOUND') return '';
  return ' (Files have to be in the code folder and are imported with their extension; packages have to be in a node_modules of that folder, as npm install makes it.)';
}

function typeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return error === null ? 'null' : typeof error;
  const names = [propertyOf(error, 'name'), propertyOf(propertyOf(error, 'constructor'), 'name')];
  const told = names.filter((name): name is string => typeof name === 'string' && name !== '');
  return told.find((name) => name !== 'Error' && name !== 'Object') ?? told[0] ?? 'object';
}

function messageOf(error: unknown): string {
  if (isError(error)) return textOf(() => error.message);
  return typeof error === 'string' ? error : textOf(() => inspect(error, { depth: 2 }));
}

function isError(error: unknown): error is Error {
  return error instanceof Error || types.isNativeError(error);
}

/** A property of something that may answer anything. */
function propertyOf(value: unknown, name: string): unknown {
  try {
    return (value as Record<string, unknown> | undefined)?.[name];
  } catch {
    return undefined;
  }
}

function textOf(text: () => unknown): string {
  try {
    const value = text();
    return typeof value === 'string' ? value : String(value);
  } catch {
    return '(it cannot be shown)';
  }
}

function cut(text: string, longest: number): string {
  return text.length <= longest ? text : `${text.slice(0, longest)}...`;
}
