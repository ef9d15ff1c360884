import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { groupMemory, memoryByProc, memoryByPs } from '../../../shared/scoring/groupMemory';

const mebibyte = 2 ** 20;

describe('the memory of a process group', () => {
  let child: ChildProcess;
  const leader = (): number => child.pid ?? 0;

  beforeAll(async () => {
    // A process of its own group, which holds 60 MiB, and one that it starts, which holds 90.
    const inner = 'x=b"x"*(90<<20);print("ready",flush=True);input()';
    const outer = `import subprocess,sys;x=b"x"*(60<<20);subprocess.run([sys.executable,"-c",${JSON.stringify(inner)}])`;
    child = spawn('python3', ['-c', outer], { detached: true, stdio: ['pipe', 'pipe', 'inherit'] });
    if (child.stdout !== null) await once(child.stdout, 'data');
  });

  afterAll(() => {
    process.kill(-leader(), 'SIGKILL');
  });

  test.each([
    ['on this system', groupMemory],
    ['as ps tells it', memoryByPs],
  ])('is that of all its processes, and of no other, %s', async (_how, memory) => {
    const sums = await memory(new Set([leader()]), () => false);
    expect([...sums.keys()]).toEqual([leader()]);
    expect(sums.get(leader())).toBeGreaterThan(150 * mebibyte);
    expect(sums.get(leader())).toBeLessThan(300 * mebibyte);
  });

  test('is not there for a group that has gone', async () => {
    expect(await groupMemory(new Set([2 ** 30]), () => false)).toEqual(new Map());
  });
});

describe('what /proc tells of a group', () => {
  const proc = mkdtempSync(join(tmpdir(), 'batchpoint-proc-'));
  afterAll(() => rmSync(proc, { recursive: true }));

  function aProcess(pid: number, group: number, resident: number, share?: number, state = 'S'): void {
    mkdirSync(join(proc, String(pid)));
    writeFileSync(join(proc, `${pid}/stat`), `${pid} (odd ) name) ${state} 1 ${group} ${group} 0`);
    writeFileSync(join(proc, `${pid}/status`), `Name:\tx\nVmPeak:\t 9 kB\nVmRSS:\t  ${resident} kB\n`);
    if (share !== undefined)
      writeFileSync(join(proc, `${pid}/smaps_rollup`), `0-f ---p [rollup]\nRss: 9 kB\nPss:    ${share} kB\n`);
  }

  aProcess(10, 10, 100, 60);
  aProcess(11, 10, 100, 60);
  aProcess(12, 10, 100, undefined, 'Z');
  aProcess(20, 20, 50, 10);
  aProcess(30, 30, 100, 60);
  aProcess(31, 30, 100);
  aProcess(40, 40, 9_999);
  const groups = new Set([10, 20, 30]);

  test('is summed by group, without processes that have ended', async () => {
    const sums = await memoryByProc(proc)(groups, () => false);
    expect(Object.fromEntries(sums)).toEqual({ 10: 200 * 1024, 20: 50 * 1024, 30: 200 * 1024 });
  });

  test('counts shared pages once where the sum matters, as far as they are told', async () => {
    const sums = await memoryByProc(proc)(groups, () => true);
    expect(Object.fromEntries(sums)).toEqual({ 10: 120 * 1024, 20: 50 * 1024, 30: 160 * 1024 });
  });
});
