import type { SchemaObject } from 'ajv';

/**
 * A schema with what it refers to put in its place, so that whoever walks through it follows no references: a whole schema,
 * as `notification.schema.json`, or a part of one, as `job.schema.json#/properties/tags`. `parts` are those schemas by the
 * names of their files; they refer to nothing themselves.
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
  const part = typeof $ref === 'string' ? referredTo($ref, parts) : undefined;
  if (part === undefined)
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, whole(inner, parts)]));
  // A part has no name of its own where it stands in another.
  const { $schema, $id, title, ...inner } = part;
  return inner;
}

function referredTo(
  reference: string,
  parts: Readonly<Record<string, SchemaObject>>,
): SchemaObject | undefined {
  const [file = '', pointer = ''] = reference.split('#/');
  const steps = pointer === '' ? [] : pointer.split('/');
  return steps.reduce<SchemaObject | undefined>(
    (part, step) => part?.[step] as SchemaObject | undefined,
    parts[file],
  );
}
