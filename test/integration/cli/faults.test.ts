import { CommandLine, type Finished } from '../../support/commandLine';
import { firstTo, startHostProxy, type Fate, type HostProxy } from '../../support/hostProxy';
import { aProject, deploymentFile, endpointFile } from '../../support/scoringFiles';

const cli = new CommandLine();
let proxy: HostProxy;
beforeAll(async () => {
  aProject(cli);
  await cli.json(['compute', 'create', '-n', 'cpu-cluster']);
  await cli.json(['endpoint', 'create', '-f', 'endpoint.yml']);
  proxy = await startHostProxy(cli.hostInfo()?.url ?? '');
});
afterEach(() => (proxy.decide = () => 'pass'));
afterAll(async () => {
  await proxy.stop();
  await cli.close();
});

/** Runs a command through a network that lets the first matching request have a fate. */
function runThrough(pattern: RegExp, fate: Fate, args: readonly string[]): Promise<Finished> {
  proxy.decide = firstTo(pattern, fate);
  return cli.run(args, { env: { BATCHPOINT_HOST: proxy.url } });
}

const isThere = async (name: string): Promise<boolean> =>
  (await cli.run(['endpoint', 'show', '-n', name])).code === 0;

test('a request to start a job whose answer is lost starts one job', async () => {
  const invoke = ['endpoint', 'invoke', '-n', 'digits', '--input-local-path', 'input'];
  const { code, stdout } = await runThrough(/^POST .*\/jobs$/, 'loseAnswer', invoke);
  expect(code).toBe(0);
  expect(proxy.seen.filter((request) => /^POST .*\/jobs$/.test(request))).toHaveLength(2);
  const { name } = JSON.parse(stdout) as { name: string };
  expect(await cli.json(['endpoint', 'list-jobs', '-n', 'digits'])).toMatchObject([{ name }]);
});

test('an endpoint of which the answers are lost is created all the same', async () => {
  cli.file('lost.yml', endpointFile('lost', 'echo.py'));
  const create = ['endpoint', 'create', '-f', 'lost.yml'];
  const { code, stdout } = await runThrough(/^PUT .*\/batchEndpoints\/lost$/, 'loseAnswer', create);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ traffic: { one: 100 } });
  const remove = ['endpoint', 'delete', '-n', 'lost', '-y'];
  expect((await runThrough(/^DELETE/, 'loseAnswer', remove)).code).toBe(0);
  expect(await isThere('lost')).toBe(false);
});

test('a host that is busy for a moment is asked again', async () => {
  const { code } = await runThrough(/^GET .*\/computes/, { status: 503 }, ['compute', 'list']);
  expect(code).toBe(0);
  proxy.decide = () => ({ status: 503 });
  const busy = await cli.run(['compute', 'list'], { env: { BATCHPOINT_HOST: proxy.url } });
  expect(busy).toMatchObject({ code: 1, stderr: 'ERROR: (Injected) The test wants it so.\n' });
});

test.each([
  ['a deployment', /^PUT .*\/deployments\/one$/],
  ['the traffic', /^PATCH .*\/batchEndpoints\/half$/],
])('an endpoint is taken away again where %s fails', async (_what, pattern) => {
  cli.file('half.yml', endpointFile('half', 'echo.py'));
  const { code, stderr } = await runThrough(pattern, { status: 500 }, [
    'endpoint',
    'create',
    '-f',
    'half.yml',
  ]);
  expect({ code, stderr }).toEqual({ code: 1, stderr: 'ERROR: (Injected) The test wants it so.\n' });
  expect(await isThere('half')).toBe(false);
});

test('an endpoint is taken away again after Ctrl-C', async () => {
  cli.file('half.yml', endpointFile('half', 'echo.py'));
  let release: () => void = () => undefined;
  proxy.decide = firstTo(/^PUT .*\/deployments\/one$/, {
    wait: new Promise<void>((done) => (release = done)),
  });
  proxy.seen.length = 0;
  const create = cli.start(['endpoint', 'create', '-f', 'half.yml', '--debug'], {
    env: { BATCHPOINT_HOST: proxy.url },
  });
  await create.until(/PUT \S+\/batchEndpoints\/half\?\S* 201/);
  // Its next request is the one that waits.
  create.child.kill('SIGINT');
  expect(await create.finished).toMatchObject({
    code: 130,
    stderr: expect.stringContaining('\nInterrupted.\n') as string,
  });
  release();
  expect(await isThere('half')).toBe(false);
});

test('a deployment is taken back where the rest of the update fails', async () => {
  const update = [
    'endpoint',
    'update',
    '-n',
    'digits',
    '--deployment-file',
    'two.yml',
    '--traffic',
    'two:100',
  ];
  const names = async (): Promise<unknown> =>
    cli.json(['endpoint', 'show', '-n', 'digits', '--query', 'deployments[].[name, mini_batch_size]']);
  cli.file('two.yml', deploymentFile('two', 'echo.py'));
  expect((await runThrough(/^PATCH/, { status: 500 }, update)).code).toBe(1);
  expect(await names()).toEqual([['one', 2]]);
  await cli.json(update);
  cli.file('two.yml', deploymentFile('two', 'picky.py').replace('mini_batch_size: 1', 'mini_batch_size: 9'));
  expect((await runThrough(/^PATCH/, { status: 500 }, update)).code).toBe(1);
  expect(await names()).toEqual([
    ['one', 2],
    ['two', 1],
  ]);
});

test('a host that dies while a command waits is started again, and the command goes on', async () => {
  cli.file('waiting.yml', deploymentFile('waiting', 'waiting.py'));
  await cli.json(['endpoint', 'update', '-n', 'digits', '--deployment-file', 'waiting.yml']);
  const args = [
    'endpoint',
    'invoke',
    '-n',
    'digits',
    '--input-local-path',
    'input',
    '--deployment',
    'waiting',
  ];
  const { name } = await cli.json<{ name: string }>(args);
  const stream = cli.start(['job', 'stream', '-n', name, '--debug']);
  await stream.until(/Job .* of endpoint digits, deployment waiting/);
  await cli.killHost();
  await stream.until(/ was lost: /);
  cli.file('go', '');
  const { code, stdout } = await stream.finished;
  expect(code).toBe(0);
  expect(stdout).toMatch(/Status +Completed/);
  expect(stdout).toMatch(/Files +5 of 5, 0 failed/);
});
