import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SchemaObject } from 'ajv';
import { readDefinition } from '../../../cli/files/definition';
import { fileSchemas, referencedSchemas, type DefinitionKind } from '../../../cli/files/fileSchemas';
import { withOverlays } from '../../../cli/files/overlays';
import { recordUse, runningTest } from '../../support/recordUse';

const folder = mkdtempSync(join(tmpdir(), 'keys-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Reads a file of one kind; JSON is YAML. */
function read(kind: DefinitionKind, value: object): unknown {
  const file = join(folder, `${kind}.yml`);
  writeFileSync(file, JSON.stringify(value));
  return readDefinition(kind, { file, currentFolder: folder, overlays: [] }).value;
}

/** A value that is accepted, one that is not, and what is said of that. */
type Row = readonly [good: unknown, bad: unknown, said: string];
type Rows = Readonly<Record<string, Row>>;

const text: Row = ['x', 5, 'expected text, but came 5'];
const filled: Row = ['x', '', 'expected text that is not empty, but came ""'];
const secret: Row = ['x', '', 'expected text that is not empty, but came something else'];
const labels: Row = [{ a: 'b' }, ['a'], 'expected a mapping of keys to values, but came ["a"]'];
const anything: Row = [{ a: 1 }, 5, 'expected a mapping of keys to values, but came 5'];
const name: Row = ['abc', 'a', 'expected 3 to 32 letters, digits and'];
const assetName: Row = ['a_b.c', 'a b', 'expected 1 to 255 letters, digits'];
const version: Row = ['1.10', 'a b', 'expected 1 to 30 letters'];
const instances: Row = [2, 0, 'expected a number of at least 1, but came 0'];
const described: Rows = { $schema: text, description: text, tags: labels, properties: labels };

const settings: Rows = {
  mini_batch_size: [5, 'ten', 'expected a whole number, but came "ten"'],
  max_concurrency_per_instance: [2, 1001, 'expected a number of at most 1000, but came 1001'],
  output_action: ['summary_only', 'rows', 'expected one of "append_row", "summary_only", but came "rows"'],
  output_file_name: ['a.csv', 'a/b', 'expected the name of a file, without a folder'],
  retry_settings: anything,
  'retry_settings.max_retries': [0, -1, 'expected a number of at least 0, but came -1'],
  'retry_settings.timeout': [300, 'PT30S', 'expected a whole number, but came "PT30S"'],
  error_threshold: [-1, -2, 'expected a number of at least -1, but came -2'],
  logging_level: ['Warning', 'loud', 'expected warning, info or debug, but came "loud"'],
  environment_variables: [{ A: '1' }, { '1A': 'x' }, 'this key has characters that are not allowed'],
};
// The mapping takes any of its keys alone.
const mapping = (good: unknown): Row => [good, 5, 'but came 5'];
const yesOrNo: Row = [true, 'yes', 'expected true or false, but came "yes"'];
/** Settings that Azure does not have; today's files have them in the block of the settings. */
const further: Rows = {
  output: mapping({ format: 'jsonl' }),
  'output.format': ['parquet', 'xml', 'expected one of "csv", "jsonl", "parquet", but came "xml"'],
  'output.delimiter': [';', ';;', 'expected one character, or \\t for a tab, but came ";;"'],
  'output.header': yesOrNo,
  'output.columns': [['a', { name: 'b', type: 'int64' }], [{ type: 'int64' }], "'name' is missing"],
  'output.include': [
    ['file', 'row'],
    ['name'],
    'expected one of "file", "row", "mini_batch", but came "name"',
  ],
  'output.formula_escape': yesOrNo,
  mini_batch: mapping({ by: 'bytes' }),
  'mini_batch.by': ['rows', 'lines', 'expected one of "files", "bytes", "rows", but came "lines"'],
  'mini_batch.size': [1000, 0, 'expected a number of at least 1, but came 0'],
  unsupported_types: ['skip', 'ignore', 'expected one of "fail", "skip", but came "ignore"'],
  worker_memory: [512, 1, 'expected a number of at least 16, but came 1'],
  allow_python_mismatch: yesOrNo,
};
const patterns: Row = [['*.csv'], [], 'expected at least one item, but came []'];
const notifications: Row = [
  [
    { type: 'webhook', url: 'https://example.com/', secret: 'whsec_x', on: ['failed'] },
    { type: 'event_grid', topic: 'https://t.example/api/events', key: 'x' },
    { type: 'storage_queue', queue: 'https://a.queue.core.windows.net/jobs', sas: 'x' },
  ],
  [{ type: 'storage_queue' }],
  "'queue' is missing",
];
const settingsRows: Rows = { ...settings, retry_settings: mapping({ timeout: 5 }) };
const below = (prefix: string, rows: Rows): Rows =>
  Object.fromEntries(Object.entries(rows).map(([key, row]) => [`${prefix}.${key}`, row]));

const environment: Rows = {
  version,
  image: filled,
  conda_file: [{ dependencies: [] }, '', 'expected text that is not empty'],
  requirements_file: [['pandas'], '', 'expected text that is not empty'],
  python_env_file: filled,
  python: filled,
  path: filled,
  docker: mapping({ image: 'x' }),
  'docker.image': filled,
  build: anything,
  inference_config: anything,
  os_type: text,
  description: text,
  tags: labels,
  properties: labels,
};
const modelType: Row = ['mlflow_model', 'model', 'expected one of "custom_model", "mlflow_model"'];
const defaults: Rows = { defaults: mapping({ deployment_name: 'abc' }), 'defaults.deployment_name': name };
const endpoint: Rows = {
  ...described,
  name,
  type: ['batch', 'online', 'expected one of "batch", but came "online"'],
  auth_mode: ['aad_token', 'key', 'expected one of "aad_token", but came "key"'],
  ...defaults,
  traffic: [{ abc: 0 }, { abc: 50 }, 'expected one of 0, 100, but came 50'],
};
const uriType: Row = ['uri_file', 'file', 'expected one of "uri_file", "uri_folder", but came "file"'];

const table: Readonly<Partial<Record<DefinitionKind, { readonly least: object; readonly rows: Rows }>>> = {
  batchEndpoint: {
    least: { name: 'abc' },
    rows: { ...endpoint, deployments: [[], {}, 'expected a list, but came {}'] },
  },
  endpointUpdate: { least: {}, rows: endpoint },
  batchDeployment: {
    least: { name: 'abc', model: 'azureml:m:1', compute: 'azureml:c' },
    rows: {
      ...described,
      name,
      endpoint_name: name,
      type: ['model', 'component', 'expected one of "model", but came "component"'],
      model: ['azureml:m@latest', 5, 'expected text or a mapping of keys to values, but came 5'],
      ...below('model', {
        name: assetName,
        version,
        path: filled,
        local_path: filled,
        type: modelType,
        description: text,
        tags: labels,
        properties: labels,
      }),
      code_configuration: mapping({ code: 'x', scoring_script: 'y' }),
      'code_configuration.code': ['./x', 5, 'expected text or a mapping of keys to values, but came 5'],
      'code_configuration.code.local_path': filled,
      'code_configuration.scoring_script': filled,
      environment: ['azureml:e:1', 5, 'expected text or a mapping of keys to values, but came 5'],
      ...below('environment', { name: assetName, ...environment }),
      compute: ['azureml:c', 5, 'expected text or a mapping of keys to values, but came 5'],
      'compute.target': filled,
      'compute.instance_count': instances,
      resources: mapping({ instance_count: 1 }),
      'resources.instance_count': instances,
      'resources.instance_type': text,
      'resources.properties': anything,
      settings: mapping({ mini_batch_size: 1 }),
      ...below('settings', { ...settingsRows, ...further }),
      ...settingsRows,
      notifications,
    },
  },
  invocation: {
    least: {},
    rows: {
      ...described,
      ...settingsRows,
      ...further,
      include: patterns,
      exclude: patterns,
      inputs: [
        { a: { path: 'x' } },
        { 'a-b': { path: 'x' } },
        'this key has characters that are not allowed',
      ],
      'inputs.a.type': uriType,
      'inputs.a.path': filled,
      'inputs.a.mode': text,
      outputs: [{ a: { path: 'x' } }, { ä: { path: 'x' } }, 'this key has characters that are not allowed'],
      'outputs.a.type': ['uri_file', 'file', 'expected one of "uri_file", but came "file"'],
      'outputs.a.path': filled,
      'outputs.a.mode': text,
      experiment_name: filled,
      instance_count: instances,
      notifications,
    },
  },
  model: {
    least: { name: 'abc' },
    rows: {
      ...described,
      name: assetName,
      version,
      type: modelType,
      path: filled,
      local_path: filled,
      stage: text,
      flavors: anything,
    },
  },
  data: {
    least: { name: 'abc' },
    rows: {
      ...described,
      name: assetName,
      version,
      type: uriType,
      path: filled,
      local_path: filled,
      paths: [[{ file: 'x' }], [], 'expected at least one item, but came []'],
      datastore: filled,
    },
  },
  environment: { least: { name: 'abc' }, rows: { ...described, name: assetName, ...environment } },
  compute: {
    least: { name: 'abc' },
    rows: {
      $schema: text,
      name,
      type: ['amlcompute', 'cluster', 'expected one of "amlcompute", but came "cluster"'],
      min_instances: [0, -1, 'expected a number of at least 0, but came -1'],
      max_instances: [1, 0, 'expected a number of at least 1, but came 0'],
      size: text,
      description: text,
      tags: labels,
      idle_time_before_scale_down: [120, true, 'expected a whole number or text, but came true'],
      tier: text,
      location: text,
      identity: anything,
      network_settings: anything,
      ssh_settings: anything,
      ssh_public_access_enabled: [true, 'yes', 'expected true or false, but came "yes"'],
      enable_node_public_ip: [false, 'no', 'expected true or false, but came "no"'],
      resource_id: text,
    },
  },
  datastore: {
    least: { name: 'abc', type: 'azure_blob', account_name: 'a', container_name: 'c' },
    rows: {
      $schema: text,
      name: ['a_1', 'a-1', 'expected 1 to 255 letters, digits and underscores'],
      type: ['azure_blob', 'blob', 'expected one of "azure_blob", "local_folder", but came "blob"'],
      description: text,
      tags: labels,
      account_name: filled,
      container_name: filled,
      endpoint: filled,
      protocol: ['https', 'ftp', 'expected one of "http", "https", but came "ftp"'],
      // What is meant to be a secret is never told.
      credentials: [{ account_key: 'x' }, 5, 'expected a mapping of keys to values, but came something else'],
      'credentials.account_key': secret,
      'credentials.sas_token': secret,
    },
  },
};

const cases = Object.entries(table).flatMap(([kind, { least, rows }]) =>
  Object.entries(rows).map(([key, row]) => [kind as DefinitionKind, key, least, row] as const),
);

/** A least file with one value in it, in a mapping that has nothing else unless it needs more. */
function fileWith(kind: DefinitionKind, least: object, key: string, value: unknown): object {
  const path = key.split('.');
  const base = structuredClone(least) as Record<string, unknown>;
  const parents: Readonly<Record<string, object>> = {
    'code_configuration.code': { code: 'x', scoring_script: 'y' },
    'code_configuration.scoring_script': { code: 'x', scoring_script: 'y' },
    'code_configuration.code.local_path': { code: { local_path: 'x' }, scoring_script: 'y' },
    'compute.instance_count': { target: 'azureml:c' },
    'compute.target': {},
    ...(path[0] === 'model' && path.length > 1 ? { [key]: { name: 'abc' } } : {}),
    ...(path[0] === 'environment' && path.length > 1 ? { [key]: { name: 'abc' } } : {}),
    ...(key.endsWith('mini_batch.size')
      ? { [key]: path.length > 2 ? { mini_batch: { by: 'files' } } : { by: 'files' } }
      : {}),
    ...(path[0] === 'inputs' || path[0] === 'outputs' ? { [key]: { a: { path: 'x' } } } : {}),
  };
  const parent = parents[key];
  if (parent !== undefined && path[0] !== undefined && path.length > 1) base[path[0]] = parent;
  const isPathed = ['model', 'data'].includes(kind) && !['path', 'local_path', 'paths'].includes(key);
  if (isPathed) base['path'] = './x';
  return withOverlays(base, [{ path, value, origin: 'test' }]);
}

test.each(cases)('%s: %s takes what it is for', (kind, key, least, [good]) => {
  expect(() => read(kind, fileWith(kind, least, key, good))).not.toThrow();
  for (const used of [key, ...keysOfItems(good).map((inner) => `${key}.${inner}`)])
    recordUse({ kind: 'key', what: [kind, used], succeeded: true }, runningTest());
});

test.each(cases)('%s: %s takes nothing else, and its place is told', (kind, key, least, [, bad, said]) => {
  const file = join(folder, `${kind}.yml`);
  const refused = (): unknown => read(kind, fileWith(kind, least, key, bad));
  expect(refused).toThrow(
    expect.objectContaining({ message: expect.stringContaining(said) as string }) as Error,
  );
  expect(refused).toThrow(`${file}:1:`);
  expect(refused).toThrow(key.split('.')[0] ?? '');
});

test.each(Object.keys(table) as DefinitionKind[])('every key of %s has its row', (kind) => {
  const keys = keysOf(fileSchemas[kind], '').filter((key) => kind !== 'datastore' || key !== 'path');
  expect(Object.keys(table[kind]?.rows ?? {}).sort()).toEqual(keys.sort());
});

test('a datastore that is a folder has a path, and nothing of an account', () => {
  expect(() => read('datastore', { name: 'abc', type: 'local_folder', path: './x' })).not.toThrow();
  expect(() => read('datastore', { name: 'abc', type: 'local_folder' })).toThrow("'path' is missing");
  expect(() => read('datastore', { name: 'abc', type: 'azure_blob' })).toThrow("'account_name' is missing");
});

/** All keys of a schema, with those in them; the deployments of an endpoint are a kind of their own. */
function keysOf(written: SchemaObject, prefix: string): string[] {
  const schema = resolved(written);
  const properties = (schema['properties'] ?? {}) as Readonly<Record<string, SchemaObject>>;
  return Object.entries(properties).flatMap(([key, property]) => {
    const inner = resolved(property);
    const any = inner['additionalProperties'] as SchemaObject | undefined;
    const named = any?.['properties'] === undefined ? [] : keysOf(any, `${prefix}${key}.a.`);
    return [`${prefix}${key}`, ...keysOf(inner, `${prefix}${key}.`), ...named];
  });
}

function resolved(schema: SchemaObject): SchemaObject {
  const [file, pointer] = String(schema['$ref'] ?? '').split('#/');
  const whole = referencedSchemas.find(({ $id }) => $id === file);
  if (whole === undefined) return schema;
  return (pointer?.split('/') ?? []).reduce<SchemaObject>((part, step) => part[step] as SchemaObject, whole);
}

/** The keys of the mappings in a list: they have no rows of their own. */
function keysOfItems(value: unknown): string[] {
  const items: unknown[] = Array.isArray(value) ? value : [];
  return items.flatMap((item) => (typeof item === 'object' && item !== null ? Object.keys(item) : []));
}
