import type { SchemaObject } from 'ajv';
import type { SchemaFault } from './explain';

/** A body as its schema writes it, and what stood in the way of that. */
interface CanonicalBody {
  readonly value: unknown;
  readonly faults: readonly SchemaFault[];
}

/**
 * Brings a body into the spelling of its schema: the wild has `InputData` and `inputData`, `Path` and `path`, and
 * words of a list in any case. What the schema calls read-only is left out, whatever it holds, as clients send back
 * what they were shown; so is `null` where it can mean nothing but "not given", unless `keepsNulls`. A key that is
 * there twice, in two spellings, is a fault. Keys that the schema does not name stay as they are.
 */
export function canonicalBody(body: unknown, schema: SchemaObject, keepsNulls = false): CanonicalBody {
  const faults: SchemaFault[] = [];
  return { value: canonical(body, schema, { keepsNulls, faults, path: [] }), faults };
}

interface Place {
  readonly keepsNulls: boolean;
  readonly faults: SchemaFault[];
  readonly path: readonly (string | number)[];
}

function canonical(value: unknown, schema: SchemaObject, place: Place): unknown {
  if (typeof value === 'string') return canonicalWord(value, schema);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const items = schemaAt(schema, 'items');
    return value.map((item, at) => canonical(item, items, below(place, at)));
  }
  // What the schema says nothing of is refused or taken as it is, however deep it goes.
  if (Object.keys(schema).length === 0) return value;
  const known = schemaAt(schema, 'properties');
  const spelling = new Map(Object.keys(known).map((key) => [key.toLowerCase(), key]));
  const rest = schemaAt(schema, 'additionalProperties');
  const members = new Map<string, unknown>();
  for (const [key, item] of Object.entries(value)) {
    const right = spelling.get(key.toLowerCase());
    const name = right ?? key;
    const inner = right === undefined ? rest : schemaAt(known, right);
    if (inner['readOnly'] === true) continue;
    if (members.has(name)) place.faults.push(twice([...place.path, name]));
    if (item === null && !place.keepsNulls && refusesNull(inner)) continue;
    members.set(name, canonical(item, inner, below(place, name)));
  }
  return Object.fromEntries(members);
}

function canonicalWord(value: string, schema: SchemaObject): string {
  const words: unknown = schema['enum'];
  if (!Array.isArray(words) || words.includes(value)) return value;
  const isSame = (word: unknown): word is string =>
    typeof word === 'string' && folded(word) === folded(value);
  return words.find(isSame) ?? value;
}

/** `uri_file` and `UriFile` are one word. */
function folded(word: string): string {
  return word.replaceAll('_', '').toLowerCase();
}

function refusesNull({ type }: SchemaObject): boolean {
  return type !== undefined && !(Array.isArray(type) ? type : [type]).includes('null');
}

function twice(path: readonly (string | number)[]): SchemaFault {
  return { path, message: 'this key is there twice, in two spellings: one of them has to go', atKey: true };
}

function below(place: Place, part: string | number): Place {
  return { ...place, path: [...place.path, part] };
}

function schemaAt(schema: SchemaObject, key: string): SchemaObject {
  const inner: unknown = schema[key];
  return typeof inner === 'object' && inner !== null ? inner : {};
}
