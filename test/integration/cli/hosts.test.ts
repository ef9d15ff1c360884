import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { CommandLine, program } from '../../support/commandLine';

const list = ['compute', 'list'];

describe('a host is started where none runs', () => {
  const cli = new CommandLine();
  afterAll(() => cli.close());

  test('by the first command, which leaves it behind', async () => {
    const { code, stdout } = await cli.run(list, { env: { BATCHPOINT_STATE: undefined } });
    expect({ code, stdout }).toEqual({ code: 0, stdout: '[]\n' });
    const info = cli.hostInfo();
    expect((await fetch(`${info?.url}/health`)).status).toBe(200);
    // Only Linux tells what follows.
    if (process.platform !== 'linux') return;
    // It leads a session of its own, so no terminal and no Ctrl-C reaches it.
    const stat = readFileSync(`/proc/${info?.pid}/stat`, 'utf8').split(' ');
    expect([stat[5], stat[6]]).toEqual([String(info?.pid), '0']);
  });

  test('in a state folder for the owner alone, which Git does not see', () => {
    expect(statSync(cli.state).mode & 0o777).toBe(0o700);
    expect(statSync(join(cli.state, 'host.log')).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(cli.state, '.gitignore'), 'utf8')).toBe('*\n');
  });

  test('and is used by the next commands', async () => {
    const before = cli.hostInfo()?.pid;
    await cli.json(list);
    expect(cli.hostInfo()?.pid).toBe(before);
  });

  test('and again after it was killed', async () => {
    await cli.json(['compute', 'create', '-n', 'survivor']);
    const before = cli.hostInfo()?.pid;
    await cli.killHost();
    expect(await cli.json(list)).toMatchObject([{ name: 'survivor' }]);
    expect(cli.hostInfo()?.pid).not.toBe(before);
  });

  test('and again where another program has its port by now', async () => {
    await cli.killHost();
    const other = createServer((_request, response) => response.end('hello'));
    other.listen(0, '127.0.0.1');
    await once(other, 'listening');
    const url = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
    writeFileSync(join(cli.state, 'host-info.json'), JSON.stringify({ pid: process.pid, url }));
    expect(await cli.json(list)).toHaveLength(1);
    other.close();
  });

  test('and again where somebody else poses as the one that had its port, and gets no token', async () => {
    await cli.killHost();
    const seen: IncomingMessage[] = [];
    const answers = { status: 'Healthy', version: '1.0.0', proof: 'A'.repeat(43) };
    const impostor = createServer((request, response) => {
      seen.push(request);
      response.end(JSON.stringify(answers));
    });
    impostor.listen(0, '127.0.0.1');
    await once(impostor, 'listening');
    const url = `http://127.0.0.1:${(impostor.address() as AddressInfo).port}`;
    writeFileSync(join(cli.state, 'host-info.json'), JSON.stringify({ pid: process.pid, url }));
    const { code, stdout } = await cli.run(list);
    impostor.closeAllConnections();
    impostor.close();
    expect({ code, resources: JSON.parse(stdout || '[]') as unknown }).toMatchObject({
      code: 0,
      resources: [{ name: 'survivor' }],
    });
    expect(seen.length).toBeGreaterThan(0);
    expect(seen.map(({ headers }) => headers.authorization)).toEqual(seen.map(() => undefined));
  });

  test('and again where what it said of itself is damaged', async () => {
    await cli.killHost();
    writeFileSync(join(cli.state, 'host-info.json'), '{"pid":');
    expect(await cli.json(list)).toHaveLength(1);
  });
});

test('several commands that start at once share one host', async () => {
  const cli = new CommandLine();
  const results = await Promise.all([1, 2, 3].map(() => cli.run([...list, '--debug'])));
  expect(results.map(({ code }) => code)).toEqual([0, 0, 0]);
  const ports = results.map(({ stderr }) => /http:\/\/127\.0\.0\.1:(\d+)/.exec(stderr)?.[1]);
  expect(new Set(ports).size).toBe(1);
  expect(readFileSync(join(cli.state, 'host.log'), 'utf8').match(/Serving \d+ functions/g)).toHaveLength(1);
  await cli.close();
});

test('of two who run a host at once, one runs it and the other is told so', async () => {
  const cli = new CommandLine();
  const both = [cli.start(['up']), cli.start(['up'])];
  const first = await Promise.race(both.map(async ({ finished }, i) => ({ i, ...(await finished) })));
  expect(first.code).toBe(4);
  expect(first.stderr).toMatch(/StateFolderHeld|HostRunsAlready/);
  const other = both[1 - first.i];
  await other?.until(/Batchpoint serves at /);
  expect(await cli.json(list)).toEqual([]);
  other?.child.kill('SIGINT');
  expect((await other?.finished)?.code).toBe(0);
  await cli.close();
});

test('a host without work ends after the time that is set', async () => {
  const cli = new CommandLine();
  await cli.run(list, { env: { BATCHPOINT_IDLE_SECONDS: '0' } });
  // Whoever comes while it ends, or just after, gets another.
  expect(await cli.json(list)).toEqual([]);
  const odd = new CommandLine();
  const { code, stderr } = await odd.run(list, { env: { BATCHPOINT_IDLE_SECONDS: 'soon' } });
  expect(code).toBe(2);
  expect(stderr).toContain("BATCHPOINT_IDLE_SECONDS is 'soon', and has to be a whole number of seconds.");
  await Promise.all([cli.close(), odd.close()]);
});

describe('a host that cannot start is told with the end of its log', () => {
  test('as it ends at once', async () => {
    const cli = new CommandLine();
    mkdirSync(join(cli.state, 'durable.db'), { recursive: true });
    const { code, stdout, stderr } = await cli.run(list);
    expect({ code, stdout }).toEqual({ code: 4, stdout: '' });
    expect(stderr).toMatch(
      /^ERROR: \(HostStartFailed\) The host could not be started: it ended at once\. Its log, /,
    );
    expect(stderr).toContain(join(cli.state, 'host.log'));
    await cli.close();
  });

  test('as its state folder cannot be made', async () => {
    const cli = new CommandLine();
    const file = cli.file('taken', 'a file');
    for (const state of [file, join(file, 'state')]) {
      const { code, stderr } = await cli.run(list, { env: { BATCHPOINT_STATE: state } });
      expect(code).toBe(4);
      expect(stderr).toBe(
        `ERROR: (HostStartFailed) The host could not be started: the state folder '${state}' cannot be made: '${file}' is a file, not a folder. Name another one in BATCHPOINT_STATE.\n`,
      );
    }
    // Here Linux makes no folder and says that the one above is missing, though it is there.
    if (process.platform === 'linux') {
      const { code, stderr } = await cli.run(list, { env: { BATCHPOINT_STATE: '/proc/nope' } });
      expect(code).toBe(4);
      expect(stderr).toContain(
        "(HostStartFailed) The host could not be started: the state folder '/proc/nope'",
      );
    }
    await cli.close();
  });
});

describe('BATCHPOINT_HOST', () => {
  const cli = new CommandLine();
  afterAll(() => cli.close());

  test('names a host to use, and none is started', async () => {
    await cli.json(list);
    const url = cli.hostInfo()?.url;
    expect(await cli.json(list, { env: { BATCHPOINT_HOST: url } })).toEqual([]);
  });

  test('that does not answer is an error of its own', async () => {
    const gone = await cli.run(list, { env: { BATCHPOINT_HOST: 'http://127.0.0.1:9' } });
    expect(gone).toMatchObject({ code: 4, stdout: '' });
    expect(gone.stderr).toContain('(HostUnreachable) The host at http://127.0.0.1:9/ cannot be reached: ');
    const odd = await cli.run(list, { env: { BATCHPOINT_HOST: 'localhost:7071' } });
    expect(odd).toMatchObject({ code: 2, stderr: expect.stringContaining('has to be a URL') as string });
  });

  test('that is something else is told', async () => {
    const other = createServer((_request, response) => response.writeHead(404).end('<html>'));
    other.listen(0, '127.0.0.1');
    await once(other, 'listening');
    const url = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
    const { code, stderr } = await cli.run(list, { env: { BATCHPOINT_HOST: url } });
    expect(code).toBe(4);
    expect(stderr).toContain('(HostAnswerOdd) GET');
    other.close();
  });

  test('with another key than that of the state folder does not let anyone in', async () => {
    const stranger = new CommandLine();
    const { code, stderr } = await stranger.run(list, { env: { BATCHPOINT_HOST: cli.hostInfo()?.url } });
    expect(code).toBe(1);
    expect(stderr).toContain(
      '(TokenInvalid) The bearer token is not accepted: it was signed by another key.',
    );
    await stranger.close();
  });
});

describe('up', () => {
  const cli = new CommandLine();
  afterAll(() => cli.close());

  test('runs the host until it is told to end, and other commands use it', async () => {
    const up = cli.start(['up', '--state', join(cli.folder, 'own state')]);
    const state = join(cli.folder, 'own state');
    await up.until(
      /Batchpoint serves at http:\/\/127\.0\.0\.1:\d+, with its state in .*own state\. Ctrl-C ends it\./,
    );
    cli.alsoEnd(cli.hostInfo(state)?.pid);
    expect(await cli.json(list, { env: { BATCHPOINT_STATE: state } })).toEqual([]);
    const odd = await cli.run(['up', '--port', '99999'], { env: { BATCHPOINT_STATE: state } });
    expect(odd).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('It is a whole number from 0 to 65535.') as string,
    });
    const second = await cli.run(['up'], { env: { BATCHPOINT_STATE: state } });
    expect(second).toMatchObject({ code: 4, stderr: expect.stringContaining('(HostRunsAlready)') as string });
    const port = new URL(cli.hostInfo(state)?.url ?? '').port;
    const taken = await cli.run(['up', '--port', port]);
    expect(taken.code).toBe(4);
    expect(taken.stderr).toContain(`PortTaken: Port ${port} of 127.0.0.1 is taken`);
    up.child.kill('SIGINT');
    expect((await up.finished).code).toBe(0);
    expect(existsSync(join(state, 'host-info.json'))).toBe(false);
  });

  test('serves HTTPS too at the port that it is given, and tells both addresses', async () => {
    const up = cli.start(['up', '--https-port', '0']);
    await up.until(/Batchpoint serves at http:\/\/127\.0\.0\.1:\d+ and https:\/\/localhost:\d+/);
    up.child.kill('SIGINT');
    expect((await up.finished).code).toBe(0);
  });
});

describe('an old Node', () => {
  test('is told in one line, before anything else is loaded', () => {
    const pretend = `Object.defineProperty(process.versions, 'node', { value: '20.11.1' }); require(${JSON.stringify(program)})`;
    const { status, stderr } = spawnSync(process.execPath, ['-e', pretend, '--', 'job', 'list'], {
      encoding: 'utf8',
    });
    expect(status).toBe(1);
    expect(stderr).toMatch(
      /^ERROR: Batchpoint needs Node\.js 22\.13 or later, and this is 20\.11\.1 \(.*\)\.\n$/,
    );
  });

  test('can read the file that says so', () => {
    // Only what every Node since 14 understands: no import above the check.
    expect(readFileSync(program, 'utf8')).not.toMatch(/^(?:const .* = require|import )/m);
    expect(execFileSync(process.execPath, ['--check', program])).toHaveLength(0);
  });
});
