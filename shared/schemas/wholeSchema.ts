import type { SchemaObject } from 'ajv';

/**
 * A schema with the whole schemas that it refers to put in their places, so that whoever walks through it follows no
 * references. `parts` are those schemas by the names of their files.
 */
export function wholeSchema(
  schema: SchemaObject,
  parts: Readonly<Record<string, SchemaObject>>,
): SchemaObject {
  return whole(schema, parts) as SchemaObject;
}

function whole(value: unknown, parts: Readonly<Record<string, SchemaObject>>): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => whole(item, parts));
  const { $ref } = value as SchemaObject;
  const part = typeof $ref === 'string' ? parts[$ref] : undefined;
  if (part === undefined)
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, whole(inner, parts)]));
  // A part has no name of its own where it stands in another.
  const { $schema, $id, title, ...inner } = part;
  return inner;
}
