import type { SchemaObject } from 'ajv';

/**
 * Renames the keys of a body to the schema's own spelling where they differ only in case: the wild has
 * `InputData` and `inputData`, `Path` and `path`. Keys that the schema does not name stay as they are, as do
 * those of which the right spelling is there too.
 */
export function foldKeys(value: unknown, schema: SchemaObject): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    return value.map((item) => foldKeys(item, schemaAt(schema, 'items')));
  }
  // What the schema says nothing of is refused or taken as it is, however deep it goes.
  if (Object.keys(schema).length === 0) return value;
  const known = schemaAt(schema, 'properties');
  const spelling = new Map(Object.keys(known).map((key) => [key.toLowerCase(), key]));
  const rest = schemaAt(schema, 'additionalProperties');
  const folded: [string, unknown][] = [];
  for (const [key, item] of Object.entries(value)) {
    const right = spelling.get(key.toLowerCase());
    const name = right === undefined || right in value ? key : right;
    folded.push([name, foldKeys(item, right === undefined ? rest : schemaAt(known, name))]);
  }
  return Object.fromEntries(folded);
}

function schemaAt(schema: SchemaObject, key: string): SchemaObject {
  const inner: unknown = schema[key];
  return typeof inner === 'object' && inner !== null ? inner : {};
}
