import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { CommandLine, type Running } from '../../support/commandLine';

const cli = new CommandLine();
let path = '';

beforeAll(async () => {
  path = `${cli.installed()}:${process.env['PATH'] ?? ''}`;
  for (const name of ['cpu-cluster', 'gpu-cluster']) await cli.json(['compute', 'create', '-n', name]);
  cli.file('model/weights.txt', '1');
  for (const version of ['1', '2']) {
    await cli.json(['model', 'create', '-n', 'digits', '-v', version, '--path', 'model']);
  }
  cli.file('my-compute.yml', 'name: filed\ntype: amlcompute\n');
});
afterAll(() => cli.close());

/** What each shell is told before the first line, and how it is started. */
const shells = {
  bash: {
    rc: 'bashrc',
    text: (script: string) => `PS1='READY> '\nbind 'set enable-bracketed-paste off'\nsource ${script}\n`,
    line: () => ['bash', '--noprofile', '--rcfile', `${cli.folder}/bashrc`, '-i'],
  },
  zsh: {
    rc: 'zsh/.zshrc',
    text: (script: string) =>
      `PS1='READY> '\nautoload -U compinit && compinit -u\nsource ${script}\nzstyle ':completion:*' menu no\n`,
    line: () => ['zsh', '-d', '-i'],
  },
  fish: {
    rc: 'config/fish/config.fish',
    text: (script: string) =>
      `set -g fish_greeting\nfunction fish_prompt; echo -n 'READY> '; end\nsource ${script}\n`,
    line: () => ['fish', '--interactive'],
  },
} as const;

/** Starts a shell in a terminal, with the script that our command prints for it. */
async function open(shell: keyof typeof shells): Promise<Running> {
  const { stdout, code } = await cli.run(['completion', shell]);
  expect(code).toBe(0);
  const script = `'${cli.file(`completion.${shell}`, stdout)}'`;
  cli.file(shells[shell].rc, shells[shell].text(script));
  const env = {
    PATH: path,
    HOME: cli.folder,
    ZDOTDIR: `${cli.folder}/zsh`,
    XDG_CONFIG_HOME: `${cli.folder}/config`,
    TERM: 'xterm',
  };
  const running = cli.programInTerminal(shells[shell].line(), 200, env);
  await running.until(/READY> /);
  return running;
}

for (const shell of ['bash', 'zsh', 'fish'] as const) {
  const isThere = existsSync(`/usr/bin/${shell}`) || existsSync(`/bin/${shell}`);
  const missing = `there is no ${shell} on this machine`;
  if (!isThere && process.env['CI'] !== undefined) throw new Error(missing);
  if (!isThere) {
    test.skip(`skipped, as ${missing}`, () => undefined);
    continue;
  }

  describe(`in a real ${shell}`, () => {
    let running: Running;
    beforeAll(async () => {
      running = await open(shell);
    });
    afterAll(async () => {
      running.child.kill();
      await running.finished;
    });

    test('it is told by a script of its own how to complete', async () => {
      const { code, stdout, stderr } = await cli.run(['completion', shell]);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).toContain(`__complete ${shell}`);
    });

    /** Types a line with tabs in it, and waits for what it prints and for the next prompt. */
    async function typed(line: string, prints: RegExp): Promise<void> {
      running.child.stdin.write(`${line}\r`);
      await running.until(new RegExp(`${prints.source}[^]*READY> `));
    }

    test('a group, a command and an option are completed, and the line runs', async () => {
      await typed(
        'batchpoint accou\tget-acc\t--sco\thttps://ml.azure.com/.default --query tokenType',
        /"Bearer"/,
      );
    });

    test('the name of a compute is asked from the host', async () => {
      await typed(
        'batchpoint compute show --query "[name, id]" -n gp\t',
        /workspaces\/batchpoint\/computes\/gpu-cluster"/,
      );
    });

    test('a fixed value and a version are completed', async () => {
      await typed(
        'batchpoint model show -n dig\t--version 2 --query path -o ts\t',
        /assets\/models\/digits\//,
      );
    });

    test('a file is completed', async () => {
      await typed('batchpoint compute create --query "[type, name]" --file my-co\t', /"filed"/);
    });
  });
}

describe('what the shells ask', () => {
  const ask = (...words: string[]): string =>
    execFileSync('batchpoint', ['__complete', 'fish', 'batchpoint', ...words], {
      cwd: cli.folder,
      encoding: 'utf8',
      env: { ...process.env, PATH: path, BATCHPOINT_STATE: cli.state },
      stdio: ['ignore', 'pipe', 'inherit'],
    });

  test('is answered with candidates and their meaning, the newest version first', () => {
    expect(ask('compute', 'sh')).toBe('show\tShow a compute.\n');
    expect(ask('model', 'show', '--name', 'digits', '--version', '')).toBe('2\n1\n');
    expect(ask('model', 'show', '--name=d')).toBe('--name=digits\n');
  });

  test('is cut for bash behind the characters that it breaks words at', () => {
    const inBash = (line: string): string =>
      execFileSync('batchpoint', ['__complete', 'bash', line, ' "=:'], {
        encoding: 'utf8',
        env: { ...process.env, PATH: path, BATCHPOINT_STATE: cli.state },
      });
    expect(inBash('batchpoint job show --output=js')).toBe('json\njsonc\n');
    expect(inBash('echo x; batchpoint compute show --name=c')).toBe('cpu-cluster\n');
  });

  test('is not answered where no host runs: none is started, and no folder is made', () => {
    const empty = cli.file('empty/none', '').replace(/\/none$/, '');
    for (const named of [undefined, 'http://127.0.0.1:9']) {
      const { BATCHPOINT_STATE: _state, ...rest } = process.env;
      const told = execFileSync('batchpoint', ['__complete', 'zsh', 'batchpoint', 'job', 'show', '-n', ''], {
        cwd: empty,
        encoding: 'utf8',
        env: { ...rest, PATH: path, ...(named === undefined ? {} : { BATCHPOINT_HOST: named }) },
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      expect(told).toBe('');
    }
    expect(existsSync(`${empty}/.batchpoint`)).toBe(false);
  });

  test('is not waited for where a host does not answer, and no error is told', async () => {
    const deaf = createServer();
    deaf.listen(0, '127.0.0.1');
    await once(deaf, 'listening');
    const url = `http://127.0.0.1:${(deaf.address() as AddressInfo).port}`;
    const words = ['__complete', 'fish', 'batchpoint', 'compute', 'show', '-n', ''];
    const ended = await cli.run(words, { env: { BATCHPOINT_HOST: url } });
    expect(ended).toEqual({ code: 0, stdout: '', stderr: '' });
    deaf.close();
  });

  test('may be any nonsense', async () => {
    for (const words of [[], ['fish'], ['bash', '"'], ['zsh', 'batchpoint', '--'], ['x', 'y', 'z', '-n']]) {
      const { code, stderr } = await cli.run(['__complete', ...words]);
      expect([words, code, stderr]).toEqual([words, 0, '']);
    }
  });
});
