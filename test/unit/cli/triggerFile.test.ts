import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { triggerBody } from '../../../cli/files/triggerBody';
import { readTrigger } from '../../../cli/registering/createTrigger';
import { isFailure } from '../../../shared/errors/batchpointError';

const folder = mkdtempSync(join(tmpdir(), 'batchpoint-trigger-file-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function read(text: string): Promise<ReturnType<typeof triggerBody>> {
  const file = join(folder, 'trigger.yml');
  writeFileSync(file, text);
  const definition = await readTrigger({ file, currentFolder: folder, overlays: [] });
  return triggerBody(definition.value, definition.folder);
}

async function faultsOf(text: string): Promise<string> {
  const error: unknown = await read(text).catch((thrown: unknown) => thrown);
  if (!isFailure(error)) return 'it is read';
  return [error.message, ...error.details.map(({ message }) => message)].join('\n');
}

test('all faults of a file are told at once, each with its line and the nearest key', async () => {
  const faults = await faultsOf(`name: bad
endpoint: digits
watch:
  datastor: landing
  include: ["["]
batching: {type: window, files: 0, name: x}
output: ./{nmae}.csv
`);
  for (const said of [
    "trigger.yml:4:3: watch.datastor: the key 'datastor' is not known. Did you mean 'datastore'?",
    "trigger.yml:5:3: watch.include: The pattern '['",
    "trigger.yml:6:1: batching: 'seconds' is missing",
    'trigger.yml:6:33: batching.files: expected a number of at least 1',
    'trigger.yml:6:42: batching.name: this is not allowed here',
    'trigger.yml:7:9: output: ',
  ])
    expect(faults).toContain(said);
});

test.each([
  ['watch: {endpoint: other, path: a}', 'watch.path: this is not allowed here'],
  ['watch: {deployment: first}', 'watch.deployment: this is not allowed here'],
  ['watch: {endpoint: "a:b"}', 'watch.endpoint: '],
  ['watch: {datastore: "a:b"}', 'watch.datastore: '],
  ['watch: {endpoint: other}\nbatching: {type: marker}', 'batching.type: each output of another endpoint'],
  ['watch: {endpoint: other}\noutput: ./{name}.csv', 'unless {job} is in it'],
  ['batching: {seconds: 3}', 'batching.seconds: this is not allowed here'],
  ['batching: {type: window, seconds: 86401}', 'batching.seconds: expected a number of at most 86400'],
  ['batching: {type: window, seconds: 1, files: 100001}', 'expected a number of at most 100000'],
  ['batching: {type: marker, name: a/b}', 'the name of a file, without slashes'],
  ['overrides: {inputs: {}}', "overrides.inputs: the key 'inputs' is not known"],
  ['overrides: {mini_batch_sise: 3}', "Did you mean 'mini_batch_size'?"],
])('%j is refused', async (more, said) => {
  expect(await faultsOf(`name: odd\nendpoint: digits\n${more}\n`)).toContain(said);
});

test('a file without a word about what it watches is one: the default datastore, all of it', async () => {
  expect(await read('name: all\nendpoint: digits\n')).toMatchObject({
    properties: { endpoint: 'digits', watch: {} },
  });
});

test('a local output starts from the folder of the file, and keeps its places', async () => {
  const body = await read('name: out\nendpoint: digits\noutput: ./a b/{date}/{name}.csv\n');
  const uri = `file://${folder}/a%20b/{date}/{name}.csv`;
  expect(body).toMatchObject({ properties: { output: uri } });
});
