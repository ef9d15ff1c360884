import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import fs, {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { identityOf, stillRuns } from '../../../shared/scoring/processIdentity';
import { openScratch } from '../../../shared/scoring/scratch';
import { until } from '../../../bench/product/until';

describe('the folder for unfinished work', () => {
  let root: string;
  const children: ChildProcess[] = [];

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'batchpoint-scratch-'));
  });

  afterEach(() => {
    for (const child of children.splice(0))
      if (child.pid !== undefined && child.exitCode === null) child.kill('SIGKILL');
    rmSync(root, { recursive: true, force: true });
  });

  async function sleeper(): Promise<{ pid: number; child: ChildProcess }> {
    const child = spawn('sleep', ['600'], { detached: true, stdio: 'ignore' });
    children.push(child);
    await once(child, 'spawn');
    return { pid: child.pid ?? 0, child };
  }

  function leftBehind(host: object, worker: object): string {
    const folder = join(root, '999999');
    mkdirSync(join(folder, 'processes'), { recursive: true });
    writeFileSync(join(folder, 'process.json'), JSON.stringify(host));
    writeFileSync(join(folder, 'processes', '1.json'), JSON.stringify(worker));
    return folder;
  }

  test('is cleared of what a host that is gone has left: its workers are ended', async () => {
    const { pid, child } = await sleeper();
    leftBehind({ pid: 999999, started: '1' }, identityOf(pid) ?? {});
    const ended = once(child, 'exit');
    const own = openScratch(root);
    await ended;
    expect(readdirSync(root)).toEqual([String(process.pid)]);
    expect(own).toBe(join(root, String(process.pid)));
  });

  test('is not cleared of the work of a host that runs', async () => {
    const { pid } = await sleeper();
    const worker = identityOf(pid) ?? { pid: 0, started: '' };
    leftBehind(identityOf(process.ppid) ?? {}, worker);
    openScratch(root);
    expect(readdirSync(root).sort()).toEqual([String(process.pid), '999999'].sort());
    expect(stillRuns(worker)).toBe(true);
  });

  test('does not end a process that only has the number of a worker of old', async () => {
    const { pid } = await sleeper();
    leftBehind({ pid: 999999, started: '1' }, { pid, started: 'long ago' });
    openScratch(root);
    expect(identityOf(pid)).toBeDefined();
  });

  test('is not taken from another user: what lies there would be run', () => {
    const uid = process.getuid?.() ?? 0;
    const getuid = jest.spyOn(process, 'getuid').mockReturnValue(uid + 1);
    try {
      expect(() => openScratch(root)).toThrow(expect.objectContaining({ code: 'ScratchFolderForeign' }));
    } finally {
      getuid.mockRestore();
    }
    expect(readdirSync(root)).toEqual([]);
  });

  test('is not taken over a link, which may lead to a folder of somebody else', () => {
    const link = `${root}-link`;
    symlinkSync(root, link);
    try {
      expect(() => openScratch(link)).toThrow(expect.objectContaining({ code: 'ScratchFolderForeign' }));
    } finally {
      rmSync(link);
    }
    expect(readdirSync(root)).toEqual([]);
  });

  test('is not taken where others may write to it, and the mode is told that mends it', () => {
    for (const mode of [0o770, 0o707]) {
      chmodSync(root, mode);
      expect(() => openScratch(root)).toThrow('chmod go-w');
    }
    expect(readdirSync(root)).toEqual([]);
    chmodSync(root, 0o755);
    openScratch(root);
  });

  test('is left to a host that is just making its own in it', () => {
    const main = join(__dirname, '../../../dist/shared/scoring/scratch.js');
    const other = `require(${JSON.stringify(main)}).openScratch(${JSON.stringify(root)})`;
    const write = fs.writeFileSync;
    const spy = jest.spyOn(fs, 'writeFileSync').mockImplementationOnce((...args) => {
      execFileSync(process.execPath, ['-e', other]);
      write(...args);
    });
    try {
      expect(readdirSync(openScratch(root))).toEqual(['process.json']);
      expect(spy).toHaveBeenCalled();
    } finally {
      spy.mockRestore();
    }
  });

  test('is cleared of what a host was making or removing when it was killed', async () => {
    const { pid, child } = await sleeper();
    const folder = leftBehind({ pid: 999999, started: '1' }, identityOf(pid) ?? {});
    renameSync(folder, join(root, `draft-999999-1-${randomUUID()}`));
    const ended = once(child, 'exit');
    openScratch(root);
    await ended;
    expect(readdirSync(root)).toEqual([String(process.pid)]);
  });

  test('of a process with the same number as this one is made anew', () => {
    mkdirSync(join(root, String(process.pid)), { recursive: true });
    writeFileSync(join(root, String(process.pid), 'rest'), 'x');
    openScratch(root);
    expect(readdirSync(join(root, String(process.pid)))).toEqual(['process.json']);
  });
});

const scripts = {
  'score.py': (marker: string) => `import os, subprocess, time
def run(mini_batch):
    child = subprocess.Popen(['sleep', '600'])
    with open(${JSON.stringify(marker)}, 'w') as file:
        file.write(f'{os.getpid()} {child.pid}')
        file.flush()
    time.sleep(600)
`,
  'score.mjs': (marker: string) => `import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
export function run() {
  const child = spawn('sleep', ['600']);
  writeFileSync(${JSON.stringify(marker)}, process.pid + ' ' + child.pid);
  for (;;);
}
`,
};

describe('a worker', () => {
  test.each(Object.entries(scripts))(
    'of %s dies with its host, and so does what it has started',
    async (file, script) => {
      const folder = mkdtempSync(join(tmpdir(), 'batchpoint-worker-'));
      const marker = join(folder, 'pids');
      writeFileSync(join(folder, file), script(marker));
      const program = join(__dirname, '../../support/workerHost.js');
      const host = spawn(process.execPath, [program, folder, file], { stdio: 'ignore' });
      const [worker = 0, child = 0] = await until(
        () => readFileSync(marker, 'utf8').split(' ').map(Number),
        (pids) => pids.length === 2,
      );
      expect(identityOf(worker)).toBeDefined();
      host.kill('SIGKILL');
      await until(
        () => [identityOf(worker), identityOf(child)],
        ([a, b]) => a === undefined && b === undefined,
      );
      rmSync(folder, { recursive: true, force: true });
    },
  );
});
