import type { SchemaObject } from 'ajv';
import { answerParts, answerSchemas } from '../../../shared/schemas/answers';
import { bodySchemas, type BodyName } from '../../../shared/schemas/restBodies';

/** Where the description of the API keeps its schemas. */
const place = '#/components/schemas/';

/** The title of the schema of a body: its name in the description of the API. */
export function bodyTitle(body: BodyName): string {
  return String(bodySchemas[body].title);
}

/** The title of what a PATCH sends of such a body. */
export function patchTitle(body: BodyName): string {
  return `${bodyTitle(body)}Patch`;
}

/** A reference to a schema of the description. */
export function schemaRef(title: string): { $ref: string } {
  return { $ref: `${place}${title}` };
}

/** What operations need of the schemas: whole bodies, parts of bodies, and lists of what has these titles. */
interface Needed {
  readonly whole: ReadonlySet<BodyName>;
  readonly patched: ReadonlySet<BodyName>;
  readonly listed: ReadonlySet<string>;
}

/** All schemas of the API by their titles, as OpenAPI 3.1 has them. */
export function schemaComponents({ whole, patched, listed }: Needed): Record<string, SchemaObject> {
  const bodies = [...whole].map((body) => [bodyTitle(body), bodyOf(bodySchemas[body])]);
  const patches = [...patched].map((body) => [patchTitle(body), patchOf(bodyOf(bodySchemas[body]))]);
  const answers = Object.entries(answerSchemas).map(([title, schema]) => [title, answerOf(schema)]);
  const lists = [...listed].map((title) => [`${title}List`, listOf(title)]);
  return Object.fromEntries([...bodies, ...patches, ...answers, ...lists]) as Record<string, SchemaObject>;
}

/** What only our own check understands, or is said by the name of a component. */
const ownKeywords = ['$schema', '$id', 'x-expected', 'x-refused', 'x-unused', 'readOnly'];

/** All schemas by the names of their files, as references write them. */
const files: ReadonlyMap<string, SchemaObject> = new Map([
  ...Object.entries(bodySchemas).map(([file, schema]): [string, SchemaObject] => [
    `../rest/${file}.schema.json`,
    schema,
  ]),
  ...Object.entries({ ...answerSchemas, ...answerParts }).map(([title, schema]): [string, SchemaObject] => [
    `${title.charAt(0).toLowerCase()}${title.slice(1)}.schema.json`,
    schema,
  ]),
]);

/** The schema of an answer: it refers to other answers, and has in itself what it takes from bodies. */
function answerOf(schema: object): SchemaObject {
  const { title } = schema as SchemaObject;
  const convert = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map(convert);
    const { $ref } = value as SchemaObject;
    if ($ref !== undefined) return convert(referredTo(String(title), String($ref)));
    const entries = Object.entries(value).filter(([key]) => !ownKeywords.includes(key));
    return Object.fromEntries(entries.map(([key, inner]) => [key, key === refKey ? inner : convert(inner)]));
  };
  return named(convert(schema) as SchemaObject);
}

/** Stands for a reference to a component until all references to files are followed. */
const refKey = 'component';

/** What a reference of a schema leads to: a part of another schema, or a component. */
function referredTo(title: string, reference: string): SchemaObject {
  const [file = '', pointer = ''] = reference.split('#');
  if (file === '') return { [refKey]: title };
  const whole = files.get(file);
  if (whole === undefined) throw new Error(`No schema of the API is in ${file}, which ${title} refers to.`);
  if (pointer === '') return { [refKey]: String(whole['title']) };
  return pointer
    .slice(1)
    .split('/')
    .reduce<SchemaObject>((part, key) => part[key] as SchemaObject, whole);
}

function named(schema: SchemaObject): SchemaObject {
  const text = JSON.stringify(schema, (_key, value: unknown) => {
    if (typeof value !== 'object' || value === null || !(refKey in value)) return value;
    return schemaRef(String((value as SchemaObject)[refKey]));
  });
  return JSON.parse(text) as SchemaObject;
}

/**
 * The schema of a body, of what the check of it takes: whatever stands where something is read-only, as clients send
 * back what they were shown, and `null` for what is not given.
 */
function bodyOf(schema: SchemaObject): SchemaObject {
  const { description } = schema as { description?: string };
  if (schema['readOnly'] === true) return { description: `${description ?? ''} Not looked at.`.trim() };
  const required = (schema['required'] ?? []) as readonly string[];
  const entries = Object.entries(schema).flatMap(([key, inner]): [string, unknown][] => {
    if (ownKeywords.includes(key)) return [];
    if (key === 'additionalProperties' && typeof inner === 'object')
      return [[key, orNull(bodyOf(inner as SchemaObject))]];
    if (key === 'items' && typeof inner === 'object') return [[key, bodyOf(inner as SchemaObject)]];
    if (key !== 'properties') return [[key, inner]];
    const members = Object.entries(inner as Record<string, SchemaObject>).map(([name, member]) => {
      const body = bodyOf(member);
      return [name, required.includes(name) ? body : orNull(body)];
    });
    return [[key, Object.fromEntries(members)]];
  });
  return Object.fromEntries(entries);
}

/** The schema of a part of a body: nothing has to be there, nothing is filled in, and null takes a value away. */
function patchOf(schema: SchemaObject): SchemaObject {
  const { title, required, default: filled, properties, items, ...rest } = schema;
  const parts = Object.entries((properties ?? {}) as Record<string, SchemaObject>).map(([key, value]) => [
    key,
    orNull(patchOf(value)),
  ]);
  return {
    ...rest,
    ...(title === undefined ? {} : { title: `${String(title)}Patch` }),
    // A list is taken whole, as in a body.
    ...(items === undefined ? {} : { items: bodyOf(items as SchemaObject) }),
    ...(properties === undefined ? {} : { properties: Object.fromEntries(parts) as SchemaObject }),
  };
}

function orNull(schema: SchemaObject): SchemaObject {
  if (schema['type'] === undefined) return schema;
  const types = [schema['type'] as unknown].flat();
  return {
    ...schema,
    type: types.includes('null') ? types : [...types, 'null'],
    ...(schema['enum'] === undefined ? {} : { enum: [...(schema['enum'] as unknown[]), null] }),
  };
}

function listOf(title: string): SchemaObject {
  return {
    title: `${title}List`,
    description: 'A page of a list.',
    type: 'object',
    additionalProperties: false,
    required: ['value'],
    properties: {
      value: { type: 'array', items: schemaRef(title) },
      nextLink: { type: 'string', format: 'uri', description: 'Where the next page is, if there is one.' },
    },
  };
}
