import type { SchemaObject } from 'ajv';

type Path = readonly (string | number)[];

/**
 * The keys of a definition that are accepted and not used, as its schema says with `x-unused`. `referenced` are the
 * schemas that it refers to.
 */
export function unusedKeys(
  value: unknown,
  schema: SchemaObject,
  referenced: readonly SchemaObject[],
  at: Path = [],
): Path[] {
  const whole = referenced.find(({ $id }) => $id === schema['$ref']) ?? schema;
  if (whole['x-unused'] === true) return [at];
  if (typeof value !== 'object' || value === null) return [];
  const found: Path[] = [];
  for (const [key, inner] of Object.entries(value)) {
    const part = Array.isArray(value) ? Number(key) : key;
    const of: unknown = Array.isArray(value) ? whole['items'] : innerSchema(whole, key);
    if (isSchema(of)) found.push(...unusedKeys(inner, of, referenced, [...at, part]));
  }
  return found;
}

function innerSchema({ properties, additionalProperties }: SchemaObject, key: string): unknown {
  if (isSchema(properties) && Object.hasOwn(properties, key)) return properties[key];
  return additionalProperties;
}

function isSchema(value: unknown): value is SchemaObject {
  return typeof value === 'object' && value !== null;
}
