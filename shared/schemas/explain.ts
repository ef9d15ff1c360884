import type { ErrorObject, SchemaObject } from 'ajv';
import { failure } from '../errors/batchpointError';
import type { RefusalCode } from '../errors/catalogue/refusals';
import { nearest } from './nearest';

/** One fault of a value against its schema: where it lies, and what was expected and what came. */
export interface SchemaFault {
  /** Keys and indexes from the root to the place; for an unknown key, that key is the last. */
  readonly path: readonly (string | number)[];
  readonly message: string;
  /** True where the key itself is at fault and not its value. */
  readonly atKey: boolean;
  /** The code of the error that refuses what is known and not supported. */
  readonly code?: RefusalCode;
}

/** Turns an error of ajv (made with `verbose`) into a sentence for people. */
export function explain(error: ErrorObject): SchemaFault {
  const path = pathOf(error.instancePath);
  const parameters = error.params as Readonly<Record<string, unknown>>;
  // The schema of the names tells of a name at the place of the mapping that it stands in.
  if (error.propertyName !== undefined) return badKey(path, error.propertyName);
  switch (error.keyword) {
    case 'additionalProperties':
      return unknownKey(error, path, String(parameters['additionalProperty']));
    case 'propertyNames':
      return badKey(path, String(parameters['propertyName']));
    case 'required':
      return fault(path, `'${String(parameters['missingProperty'])}' is missing`);
    case 'x-refused':
      return refusal(path, error);
    case 'false schema':
      return fault(path, 'this is not allowed here');
    default:
      return fault(
        path,
        `expected ${expectation(error)}, but came ${isSecret(path) ? 'something else' : shown(error.data)}`,
      );
  }
}

/** `properties.inputs[0].path`, as people write it. */
export function fieldOf(path: readonly (string | number)[]): string {
  return path
    .map((part, i) => (typeof part === 'number' ? `[${part}]` : i === 0 ? part : `.${part}`))
    .join('');
}

function fault(path: readonly (string | number)[], message: string, atKey = false): SchemaFault {
  return { path, message, atKey };
}

function refusal(path: readonly (string | number)[], { schema, data }: ErrorObject): SchemaFault {
  const codes = schema as Readonly<Record<string, RefusalCode>>;
  const value = codes['*'] === undefined ? String(data) : String(path.at(-1));
  const code = codes['*'] ?? codes[value.toLowerCase()] ?? 'KindUnsupported';
  return { ...fault(path, failure(code, { value }).message), code };
}

function badKey(path: readonly (string | number)[], key: string): SchemaFault {
  return fault([...path, key], 'this key has characters that are not allowed', true);
}

function unknownKey(error: ErrorObject, path: readonly (string | number)[], key: string): SchemaFault {
  const known = Object.keys((error.parentSchema as SchemaObject | undefined)?.['properties'] as object);
  const near = nearest(key, known);
  const advice = near === undefined ? `Known here: ${known.join(', ')}` : `Did you mean '${near}'?`;
  return fault([...path, key], `the key '${key}' is not known. ${advice}`, true);
}

function expectation(error: ErrorObject): string {
  const schema = (error.parentSchema ?? {}) as Readonly<Record<string, unknown>>;
  const limit = Object.values(error.params as object)[0] as unknown;
  switch (error.keyword) {
    case 'type':
      return typeof schema['x-expected'] === 'string' && schema['pattern'] === undefined
        ? schema['x-expected']
        : typeWords(error.schema);
    case 'enum':
      return `one of ${(error.schema as unknown[]).map(shown).join(', ')}`;
    case 'const':
      return shown(error.schema);
    case 'minimum':
      return `a number of at least ${String(error.schema)}`;
    case 'maximum':
      return `a number of at most ${String(error.schema)}`;
    case 'minLength':
      return error.schema === 1 ? 'text that is not empty' : `at least ${String(error.schema)} characters`;
    case 'maxLength':
      return `at most ${String(error.schema)} characters`;
    case 'minItems':
      return error.schema === 1 ? 'at least one item' : `at least ${String(error.schema)} items`;
    case 'maxItems':
      return error.schema === 1 ? 'one item' : `at most ${String(error.schema)} items`;
    case 'minProperties':
      return `at least ${String(error.schema)} of the keys ${Object.keys(schema['properties'] as object).join(', ')}`;
    case 'pattern':
      return typeof schema['x-expected'] === 'string'
        ? schema['x-expected']
        : `text like ${String(error.schema)}`;
    case 'format':
      return error.schema === 'duration' ? 'an ISO 8601 duration like PT30S' : `a ${String(error.schema)}`;
    default:
      return `something else (${error.keyword} ${String(limit)})`;
  }
}

/** Whether a value may be a key or a signature, also where it is not what it should be: those are not repeated. */
function isSecret(path: readonly (string | number)[]): boolean {
  return path.some((part) =>
    /^(?:credentials|secrets?|sas|.*key|.*token|.*connectionstring)$/i.test(String(part)),
  );
}

function typeWords(type: unknown): string {
  const words: Readonly<Record<string, string>> = {
    object: 'a mapping of keys to values',
    array: 'a list',
    string: 'text',
    integer: 'a whole number',
    number: 'a number',
    boolean: 'true or false',
    null: 'nothing',
  };
  const types = (Array.isArray(type) ? type : [type]) as string[];
  return types.map((one) => words[one] ?? one).join(' or ');
}

function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 80)}...` : text;
}

function pathOf(pointer: string): (string | number)[] {
  if (pointer === '') return [];
  return pointer
    .slice(1)
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));
}
