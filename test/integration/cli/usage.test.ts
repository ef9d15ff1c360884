import { existsSync } from 'node:fs';
import { CommandLine } from '../../support/commandLine';

const cli = new CommandLine();
afterAll(() => cli.close());

/** The commands that section 3 of the contract of batch endpoints lists, and those of our own, by their groups. */
const groups: Readonly<Record<string, string>> = {
  endpoint: 'create show list update delete invoke list-jobs',
  'batch-endpoint': 'create show list update delete list-jobs invoke',
  'batch-deployment': 'create show list update delete list-jobs',
  job: 'show stream list cancel download update archive restore',
  model: 'create show list update archive restore delete download',
  data: 'create show list update archive restore delete',
  environment: 'create show list update archive restore delete',
  compute: 'create show list update delete',
  datastore: 'create show list update delete',
  completion: 'bash zsh fish',
  account: 'show set client-environment get-access-token',
};
const commands = [
  ...Object.entries(groups).flatMap(([group, verbs]) => verbs.split(' ').map((verb) => `${group} ${verb}`)),
  'up',
  'configure',
];

test.each(commands)('%s has a help with options, an example and the exit codes', async (command) => {
  const { code, stdout, stderr } = await cli.run([...command.split(' '), '--help']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toContain(`Usage: batchpoint ${command} [options]`);
  expect(stdout).toContain('--output <format>');
  expect(stdout).toMatch(new RegExp(`Examples:\n  .+:\n    batchpoint ${command}`));
  expect(stdout).toContain('Exit codes: 0 done');
});

test('the help as a whole names every group, and each group its commands with an example', async () => {
  const root = await cli.run(['--help']);
  expect(root.code).toBe(0);
  expect(root.stdout).toContain('130  interrupted');
  const groups = [
    ...new Set(commands.filter((one) => one.includes(' ')).map((one) => one.split(' ')[0] ?? '')),
  ];
  for (const group of groups) {
    expect(root.stdout).toContain(`  ${group} `);
    const { code, stdout } = await cli.run(['ml', group, '--help']);
    expect(code).toBe(0);
    expect(stdout).toContain('Examples:');
    for (const command of commands.filter((one) => one.startsWith(`${group} `))) {
      expect(stdout).toContain(`batchpoint ${command}`);
    }
  }
});

test.each([[], ['job'], ['job', 'show'], ['ml', 'up']])(
  'help shows what --help does: %j',
  async (...words) => {
    const asked = await cli.run(['help', ...words]);
    expect(asked).toEqual({ ...(await cli.run([...words, '--help'])), code: 0, stderr: '' });
    expect((await cli.run(['help', 'jbo'])).stderr).toContain("'jbo' is not a command. Did you mean 'job'?");
  },
);

test('the version is told in one line', async () => {
  const { stdout } = await cli.run(['--version']);
  expect(stdout).toMatch(/^batchpoint \d+\.\d+\.\d+\n$/);
});

test.each([
  [['endpont', 'show'], "'endpont' is not a command. Did you mean 'endpoint'?"],
  [['zzz'], "'zzz' is not a command. There are: endpoint, batch-endpoint"],
  [['endpoint', 'shwo'], "'endpoint' has no command 'shwo'. Did you mean 'show'?"],
  [['--debug', 'endpoint', 'list'], 'The command comes before its options'],
  [['endpoint', 'show'], "The option '-n, --name <name>' is needed."],
  [['endpoint', 'show', '--name'], "Option '-n, --name <name>' argument missing."],
  [['endpoint', 'show', '--name', '--type', 'batch'], "'--name' lacks its value, as '--type' is an option"],
  [['endpoint', 'show', '-n', 'x', '--nmae', 'y'], "Unknown option '--nmae'. Did you mean --name?"],
  [['endpoint', 'show', '-n', 'x', '--type', 'online'], 'It is one of batch.'],
  [['endpoint', 'show', '-n', 'x', '-o', 'xml'], 'It is one of json, jsonc, yaml, yamlc, table, tsv, none.'],
  [['endpoint', 'show', '-n', 'x', 'y'], "'y' is not expected"],
  [['job', 'show', '--nmae', 'x'], "Unknown option '--nmae'. Did you mean --name?"],
  [['job', 'show', 'x'], "'x' is not expected: every value belongs to an option."],
  [
    ['job', 'show', '-n', ''],
    "The option '-n, --name <name>' is empty, as a shell variable is that is not set.",
  ],
  [['batch-endpoint', 'invoke', '-n', 'x', '--input', ''], "The option '--input <what>' is empty"],
  [['job', 'list', '-w', ''], "The option '-w, --workspace-name <name>' is empty"],
  [['job', 'list', '-r', 'many'], 'It is a whole number of at least 1.'],
  [['up', '--port', '99999'], 'It is a whole number from 0 to 65535.'],
  [['compute', 'create', '-n', 'cpu', '--max-instances', '0'], 'It is a whole number of at least 1.'],
  [
    ['account', 'get-access-token', '--resource', 'https://example.com'],
    'There are tokens for https://ml.azure.com',
  ],
])('wrong usage is told, with where to look: %j', async (args, said) => {
  const { code, stdout, stderr } = await cli.run(args);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain(`ERROR: (UsageInvalid) `);
  expect(stderr).toContain(said);
  expect(stderr).toContain("--help' shows how it is used.");
});

test('a group without a command shows its help and fails', async () => {
  const { code, stdout, stderr } = await cli.run(['endpoint']);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain('Usage: batchpoint endpoint <command>');
});

test('a query that is not JMESPath is told before anything is done', async () => {
  const { code, stderr } = await cli.run(['compute', 'create', '-n', 'cpu', '--query', 'name[']);
  expect(code).toBe(2);
  expect(stderr).toContain("ERROR: (QueryInvalid) --query 'name['");
  const open = await cli.run(['job', 'list', '--query', "[?status='x'"]);
  expect(open).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('is not a JMESPath expression that fits: it is not complete.') as string,
  });
  expect(existsSync(cli.state)).toBe(false);
});

test('the lines that scripts for az begin with are accepted, and change nothing', async () => {
  for (const line of [
    'account set --subscription abc',
    'account set -s abc',
    'configure --defaults group=g workspace=w location=westus',
  ]) {
    expect(await cli.run(line.split(' '))).toEqual({ code: 0, stdout: '', stderr: '' });
  }
  const id = await cli.run(['account', 'show', '--subscription', 'abc', '--query', 'id', '-o', 'tsv']);
  expect(id.stdout).toBe('abc\n');
  expect(await cli.json(['configure', '-l', '-g', 'rg'])).toEqual([
    { name: 'group', value: 'rg' },
    { name: 'workspace', value: 'batchpoint' },
  ]);
});

test('no wrong usage and no help starts a host', () => {
  expect(cli.hostInfo()).toBeUndefined();
});

test('a token comes without a host, in the words of az', async () => {
  const token = await cli.json(['account', 'get-access-token', '--resource', 'https://ml.azure.com/']);
  expect(Object.keys(token)).toEqual([
    'accessToken',
    'expiresOn',
    'expires_on',
    'subscription',
    'tenant',
    'tokenType',
  ]);
  expect(token).toMatchObject({ tokenType: 'Bearer', accessToken: expect.stringMatching(/^ey/) as string });
  expect(token['expiresOn']).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}$/);
  const scoped = await cli.run([
    'account',
    'get-access-token',
    '--scope',
    'https://management.azure.com/.default',
  ]);
  expect(scoped.code).toBe(0);
  expect(cli.hostInfo()).toBeUndefined();
});
