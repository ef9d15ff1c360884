import type { SchemaObject } from 'ajv';
import notification from '../../shared/schemas/files/notification.schema.json';
import { fileExamples } from './fileExamples';
import { fileSchemas, referencedSchemas, type DefinitionKind } from './fileSchemas';

const introduction = `# Files

What you can write in YAML, and what becomes of it. Files that were written for batch endpoints of Azure Machine Learning
are read as they are, whichever generation they are of:

| | endpoint | deployment | commands |
|---|---|---|---|
| 2021 | its \`deployments\` and their \`traffic\` stand in it | in the endpoint's file, or in its own for \`endpoint update --deployment-file\` | \`endpoint ... --type batch\` |
| 2022 | alone, with \`defaults\` | in its own file, with its settings beside its other keys | \`batch-endpoint\`, \`batch-deployment\` |
| today | the same | with \`type: model\` and its settings in a \`settings\` block | the same |

A file may mix them, and every command takes files of all of them: all are read into one form. What says one thing in two
ways, such as \`mini_batch_size\` beside \`settings.mini_batch_size\`, is refused with the lines of both.

All faults of a file are told at once, each with file, line and column: keys that are not known, with the nearest one that
is, values of a wrong type, paths that are not there, references to what does not exist. Nothing is made before that.

## Values over a file

\`--set key=value\` goes over what the file says: keys with dots, as in \`settings.mini_batch_size=5\` or
\`deployments[0].compute.instance_count=2\`; numbers, \`true\`, \`false\` and JSON are taken as such, and as text where only
text fits. It also goes over the other way of saying the same. Options such as \`--name\` go over \`--set\`.

## Paths

A relative path starts from the folder of the file that it stands in; without a file, and in options such as \`--path\`, from
the current folder. \`./x\`, \`x\`, \`/x\`, \`file:./x\` and \`file:///x\` are all accepted.

## References

| written as | means |
|---|---|
| \`azureml:<name>:<version>\` | that version |
| \`azureml:<name>@latest\`, \`azureml:<name>\` | the newest version that is not archived; a deployment keeps the one that it found |
| \`azureml:<name>\` of a compute or a datastore | it |
| \`azureml://datastores/<name>/paths/<path>\` | a file or folder in a datastore |
| \`azureml://subscriptions/<id>/resourcegroups/<name>/workspaces/<name>/...\` | the same, and \`<kind>/<name>/versions/<version>\` of an asset |
| \`azureml://locations/<name>/workspaces/<name>/<kind>/<name>/versions/<version>\` | that version |
| \`/subscriptions/<id>/resourceGroups/<name>/providers/Microsoft.MachineLearningServices/workspaces/<name>/...\`, also behind \`azureml:\` | the asset, compute or datastore of that id |

Keywords are read in any case, those of ids too. A host has one workspace: whatever subscription, group and workspace a
reference names, that one is meant. References to a registry (\`azureml://registries/...\`) are refused.

## What is accepted and not used

Keys that the tables below mark as *not used* are accepted, and named in one warning. A container image is kept with its
environment and shown; scripts run in a Python environment that is made from the conda file. Not supported, and refused by
name: deployments of pipelines, tables (\`mltable\`) and plain values as inputs, a folder as the named output, models for
Triton, computes other than \`amlcompute\`, and datastores other than \`azure_blob\` and \`local_folder\`.

This page is made from the JSON Schemas in \`shared/schemas/files/\`, by \`node scripts/generateReferencePages.mjs\`. In the
tables, "since" is the generation that has the key where not all have it.`;

/** The kinds of files in the order of the page, each with its heading and the schema's own title of it. */
const sections: readonly (readonly [heading: string, kind: DefinitionKind])[] = [
  ['Endpoint', 'batchEndpoint'],
  ['Deployment', 'batchDeployment'],
  ['Invocation', 'invocation'],
  ['Model', 'model'],
  ['Data asset', 'data'],
  ['Environment', 'environment'],
  ['Compute', 'compute'],
  ['Datastore', 'datastore'],
  ['Schedule', 'schedule'],
  ['Trigger', 'trigger'],
  ['Change of an endpoint', 'endpointUpdate'],
];

/** The reference of all files that users write, as Markdown. */
export function fileReference(): string {
  const kinds = sections.map(([heading, kind]) =>
    section(heading, fileSchemas[kind], fileExamples[kind] ?? []),
  );
  return `${[introduction, ...kinds, notificationSection()].join('\n\n')}\n`;
}

/** What stands in lists of other files. */
function notificationSection(): string {
  const { description, items } = notification as SchemaObject;
  return section('Notification', { ...(items as SchemaObject), description: String(description) }, [
    ['For a deployment, or an invocation', notificationExample],
  ]);
}

function section(
  heading: string,
  schema: SchemaObject,
  given: readonly (readonly [what: string, text: string])[],
): string {
  const examples = given.map(([what, text]) => `${what}:\n\n\`\`\`yaml\n${text.trimEnd()}\n\`\`\``);
  return [`## ${heading}`, String(schema['description']), ...examples, table(rowsOf(schema, '', ''))].join(
    '\n\n',
  );
}

const notificationExample = `notifications:
  - type: webhook
    url: https://example.com/batchpoint
    secret: whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD
    on: [completed, failed]
  - type: event_grid
    topic: https://jobs.koreacentral-1.eventgrid.azure.net/api/events
  - type: storage_queue
    queue: https://account.queue.core.windows.net/jobs
`;

type Row = readonly [key: string, type: string, preset: string, since: string, meaning: string];

function table(rows: readonly Row[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  const header = ['Key', 'Type', 'Default', 'Since', 'Meaning'];
  return [line(header), line(header.map(() => '---')), ...rows.map((row) => line(row))].join('\n');
}

/** A row for every key of a mapping, and below it those of the keys in it. */
function rowsOf(schema: SchemaObject, prefix: string, since: string): Row[] {
  const properties = (schema['properties'] ?? {}) as Readonly<Record<string, SchemaObject>>;
  const required = (schema['required'] ?? []) as readonly string[];
  return Object.entries(properties).flatMap(([key, written]) => {
    const property = resolved(written);
    const own = generationsOf(written) || since;
    const name = `${prefix}${key}`;
    return [rowOf(name, property, own, required.includes(key)), ...innerRows(property, name, own)];
  });
}

function innerRows(property: SchemaObject, name: string, since: string): Row[] {
  const { additionalProperties: any, items } = property;
  if (isSchema(any) && isSchema(any['properties'])) return rowsOf(any, `${name}.<name>.`, since);
  // The deployments of an endpoint have a section of their own.
  return isSchema(items) ? [] : rowsOf(property, `${name}.`, since);
}

function rowOf(name: string, property: SchemaObject, since: string, isRequired: boolean): Row {
  const preset = property['default'] as unknown;
  const meaning = [
    property['description'],
    ruleOf(property),
    property['enum'] === undefined
      ? undefined
      : `One of ${(property['enum'] as unknown[]).map(code).join(', ')}.`,
    property['x-unused'] === true ? '*Not used.*' : undefined,
    isRequired ? 'Required.' : undefined,
  ];
  return [
    `\`${name}\``,
    typeOf(property),
    preset === undefined || typeof preset === 'object' ? '' : code(preset),
    since,
    escaped(meaning.filter((part) => part !== undefined).join(' ')),
  ];
}

/** What a value has to be beside its type. */
function ruleOf({ minimum, maximum, 'x-expected': expected }: SchemaObject): string | undefined {
  if (typeof expected === 'string') return `It is ${expected}.`;
  if (typeof minimum !== 'number') return undefined;
  return typeof maximum === 'number' ? `From ${minimum} to ${maximum}.` : `At least ${minimum}.`;
}

const typeWords: Readonly<Record<string, string>> = {
  object: 'mapping',
  array: 'list',
  string: 'text',
  integer: 'whole number',
  boolean: 'true or false',
};

function typeOf({ type }: SchemaObject): string {
  const types = (Array.isArray(type) ? type : [type]) as (string | undefined)[];
  return types.map((one) => typeWords[one ?? ''] ?? '').join(' or ');
}

const generationWords: Readonly<Record<string, string>> = { G1: '2021', G2: '2022', G3: 'today' };

/** The generations that have a key: the first of those that go on, or just those of 2021. */
function generationsOf(property: SchemaObject): string {
  const generations = (property['x-generations'] ?? []) as readonly string[];
  const [first = ''] = generations;
  if (generations.join() === 'G1,G2') return '2021, 2022';
  return first === 'G1' ? '2021 only' : (generationWords[first] ?? '');
}

/** What a schema says, with what it refers to in its place. */
function resolved(schema: SchemaObject): SchemaObject {
  const [file, pointer] = String(schema['$ref'] ?? '').split('#/');
  const whole: SchemaObject | undefined = referencedSchemas.find(({ $id }) => $id === file);
  if (whole === undefined) return schema;
  const steps = pointer === undefined ? [] : pointer.split('/');
  return steps.reduce<SchemaObject>((part, step) => part[step] as SchemaObject, whole);
}

function isSchema(value: unknown): value is SchemaObject {
  return typeof value === 'object' && value !== null;
}

function code(value: unknown): string {
  return `\`${String(value)}\``;
}

/** Angle brackets outside of code would be tags. */
function escaped(text: string): string {
  return text
    .split(/(`[^`]*`)/)
    .map((part) => (part.startsWith('`') ? part : part.replace(/</g, '\\<')))
    .join('');
}
