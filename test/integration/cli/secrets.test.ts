import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CommandLine, type Finished } from '../../support/commandLine';
import { FileServer } from '../../support/fileServer';

const mark = 'M4rked';
const accountKey = `${mark}AccountKey`.padEnd(86, '0') + '==';
const query = `sv=2024-11-04&sp=r&sig=${mark}Query%3D`;

const cli = new CommandLine({ AzureWebJobsStorage: `AccountName=acme;AccountKey=${accountKey}` });
const outputs: Finished[] = [];
let server: FileServer;

beforeAll(async () => {
  server = await FileServer.start();
});
afterAll(async () => {
  await server.stop();
  await cli.close();
});

/** Runs a command as people do who look for what is wrong. */
async function run(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Finished> {
  const finished = await cli.run([...args, '--debug'], { env });
  outputs.push(finished);
  return finished;
}

const datastore = (credentials: string, more = ''): string =>
  `name: acme\ntype: azure_blob\naccount_name: acme\ncontainer_name: inputs\n${more}credentials:${credentials}\n`;

test.each([
  ['is right', datastore(`\n  account_key: ${accountKey}`), 0],
  ['has a signature', datastore(`\n  sas_token: ${query}`), 0],
  ['has its key where a mapping belongs', datastore(` ${accountKey}`), 1],
  ['has its key as a list', datastore(`\n  account_key: [${mark}]`), 1],
  ['has its key under another name', datastore(`\n  acount_key: ${accountKey}`), 1],
  ['has its key below no name', datastore(`\n  account_key: "${accountKey}`), 1],
  ['has a signature in its URL', datastore('\n  account_key: AA==', `endpoint: https://x/y?${query}\n`), 1],
])('a file of a datastore that %s tells nothing of its key', async (_what, text, expected) => {
  cli.file('datastore.yml', text);
  const { code, stderr } = await run(['datastore', 'create', '-f', 'datastore.yml']);
  expect({ stderr, code: Math.min(code ?? 1, 1) }).toEqual({ stderr, code: expected });
});

test('no command shows a key of a datastore', async () => {
  expect((await run(['datastore', 'show', '-n', 'acme'])).code).toBe(0);
  expect((await run(['datastore', 'list'])).code).toBe(0);
});

test('an input with a signature is told without it, whether it is there or not', async () => {
  const url = `${server.url}/account/container/missing.txt?${query}`;
  expect((await run(['endpoint', 'invoke', '-n', 'none', '--input-path', url])).code).not.toBe(0);
  // A data asset shows its path as it is: that is what it is made of.
  cli.file('data.yml', `name: signed\ntype: uri_file\npath: ${url}\n`);
  const { stderr, ...rest } = await cli.run(['data', 'create', '-f', 'data.yml', '--debug']);
  outputs.push({ ...rest, stdout: '', stderr });
  const read = await run(['endpoint', 'invoke', '-n', 'none', '--input-data', 'azureml:signed:1']);
  expect(read.code).not.toBe(0);
});

test('a host that is named with a password is told without it', async () => {
  const BATCHPOINT_HOST = `http://ann:${mark}@127.0.0.1:9`;
  expect((await run(['datastore', 'list'], { BATCHPOINT_HOST })).code).not.toBe(0);
  expect((await run(['datastore', 'list'], { BATCHPOINT_HOST: `ftp://ann:${mark}@x` })).code).not.toBe(0);
});

test('a connection string that is broken is not told', async () => {
  const env = {
    BATCHPOINT_STATE: join(cli.folder, 'broken'),
    BATCHPOINT_STORAGE: 'azure',
    AzureWebJobsStorage: `AccountName=acme;AccountKey=${mark} is no base64;${mark}`,
  };
  const { code, stderr } = await run(['datastore', 'list'], env);
  expect(code).not.toBe(0);
  expect(stderr).toContain('StoreSettingInvalid');
  await cli.killHost(env.BATCHPOINT_STATE);
});

test('nothing of all that has left a secret in an output, in the log of a host, or in a process', () => {
  expect(outputs.length).toBeGreaterThan(12);
  for (const { stdout, stderr } of outputs) expect(`${stdout}${stderr}`).not.toContain(mark);
  expect(outputs.map(({ stderr }) => stderr).join('')).toContain('DEBUG: ');
  for (const state of ['.batchpoint', 'broken']) {
    const log = readFileSync(join(cli.folder, state, 'host.log'), 'utf8');
    expect(log).toContain('Serving');
    expect(log).not.toContain(mark);
    // Nor the token that every command sent.
    expect(log).not.toMatch(/\beyJ/);
  }
  expect(outputs.map(({ stderr }) => stderr).join('')).not.toMatch(/\beyJ/);
  const lines = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(commandLineOf);
  expect(lines.some((line) => line.includes(cli.state))).toBe(true);
  expect(lines.filter((line) => line.includes(mark))).toEqual([]);
});

/** Processes come and go. */
function commandLineOf(pid: string): string {
  try {
    return readFileSync(join('/proc', pid, 'cmdline'), 'utf8');
  } catch {
    return '';
  }
}
