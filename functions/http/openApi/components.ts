import type { SchemaObject } from 'ajv';
import { answerSchemas } from '../../../shared/schemas/answers';
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

/** All schemas of the API by their titles, as OpenAPI 3.1 has them: `patched` of bodies, and lists of those of `listed`. */
export function schemaComponents(
  patched: ReadonlySet<BodyName>,
  listed: ReadonlySet<string>,
): Record<string, SchemaObject> {
  const bodies = Object.values(bodySchemas).map((schema) => [String(schema['title']), converted(schema)]);
  const patches = [...patched].map((body) => [patchTitle(body), patchOf(converted(bodySchemas[body]))]);
  const answers = Object.entries(answerSchemas).map(([title, schema]) => [title, converted(schema)]);
  const lists = [...listed].map((title) => [`${title}List`, listOf(title)]);
  return Object.fromEntries([...bodies, ...patches, ...answers, ...lists]) as Record<string, SchemaObject>;
}

/** The file of every schema, as references name it, and its title. */
const titles: ReadonlyMap<string, string> = new Map([
  ...Object.entries(bodySchemas).map(([file, { title }]): [string, string] => [
    `../rest/${file}.schema.json`,
    String(title),
  ]),
  ...Object.keys(answerSchemas).map((title): [string, string] => [
    `${title.charAt(0).toLowerCase()}${title.slice(1)}.schema.json`,
    title,
  ]),
]);

/**
 * A schema of ours as one of the JSON Schema that OpenAPI 3.1 has: references lead to other components, and what only
 * our own check understands is left out. What is read-only may be sent, as clients send back what they got; it is not
 * looked at.
 */
function converted(schema: object): SchemaObject {
  const { title } = schema as SchemaObject;
  const convert = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map(convert);
    const entries = Object.entries(value).flatMap(([key, inner]): [string, unknown][] => {
      if (['$schema', '$id', 'x-expected', 'readOnly'].includes(key)) return [];
      if (key === '$ref') return [[key, referenceIn(String(title), String(inner))]];
      return [[key, convert(inner)]];
    });
    return Object.fromEntries(entries);
  };
  return convert(schema) as SchemaObject;
}

function referenceIn(title: string, reference: string): string {
  const [file = '', pointer = ''] = reference.split('#');
  const other = file === '' ? title : titles.get(file);
  if (other === undefined) throw new Error(`No schema of the API is in ${file}, which ${title} refers to.`);
  return `${place}${other}${pointer}`;
}

/** A schema of a part of a body: nothing has to be there, nothing is filled in, and null takes a value away. */
function patchOf(schema: SchemaObject): SchemaObject {
  const { title, required, default: filled, properties, ...rest } = schema;
  if (properties === undefined)
    return { ...rest, ...(title === undefined ? {} : { title: `${title}Patch` }) };
  const parts = Object.entries(properties as Record<string, SchemaObject>).map(([key, value]) => [
    key,
    orNull(patchOf(value)),
  ]);
  return {
    ...rest,
    ...(title === undefined ? {} : { title: `${String(title)}Patch` }),
    properties: Object.fromEntries(parts) as Record<string, SchemaObject>,
  };
}

function orNull(schema: SchemaObject): SchemaObject {
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
