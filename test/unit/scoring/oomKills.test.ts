import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ranOut, readOomKills } from '../../../shared/scoring/oomKills';
import { deathFault, deathOf } from '../../../shared/scoring/workerDeath';

describe('whom the kernel has ended for want of memory', () => {
  const roots: string[] = [];
  afterAll(() => roots.forEach((root) => rmSync(root, { recursive: true })));

  function aSystem(files: Readonly<Record<string, string>>): string {
    const root = mkdtempSync(join(tmpdir(), 'batchpoint-system-'));
    roots.push(root);
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    return root;
  }

  test('is counted by the control group of this process, in the second version of them', () => {
    const root = aSystem({
      'proc/self/cgroup': '0::/user.slice/a.scope\n',
      'sys/fs/cgroup/user.slice/a.scope/memory.events': 'low 0\noom 4\noom_kill 3\noom_group_kill 0\n',
      'proc/vmstat': 'nr_free 1\noom_kill 7\n',
    });
    expect(readOomKills(root)).toEqual({ group: 3, machine: 7 });
  });

  test('is counted by the control group of this process, in the first version of them', () => {
    const root = aSystem({
      'proc/self/cgroup': '5:cpu,cpuacct:/\n4:memory:/docker/1\n0::/\n',
      'sys/fs/cgroup/memory/docker/1/memory.oom_control': 'oom_kill_disable 0\nunder_oom 0\noom_kill 2\n',
    });
    expect(readOomKills(root)).toEqual({ group: 2 });
  });

  test('is counted in a container that knows its group by a path outside of it', () => {
    const root = aSystem({
      'proc/self/cgroup': '0::/../pod/1\n',
      'sys/fs/cgroup/memory.events': 'oom_kill 1\n',
    });
    expect(readOomKills(root)).toEqual({ group: 1 });
  });

  test('is not known where there is no counter', () => {
    expect(readOomKills(aSystem({ 'proc/vmstat': 'nr_free 1\n' }))).toEqual({});
  });

  test.each([
    ['a group that has counted one more', { group: 1, machine: 1 }, { group: 2, machine: 2 }, /container/],
    ['a machine that has', { machine: 1 }, { machine: 2 }, /^the machine$/],
  ])('says where memory ran out: %s', (_which, before, after, where) => {
    expect(ranOut(before, after)).toMatch(where);
    expect(ranOut(before, before)).toBeUndefined();
    expect(ranOut({}, after)).toBeUndefined();
    const fault = deathFault(deathOf(null, 'SIGKILL', before, after), 'run()', '');
    expect(fault.code).toBe('MachineOutOfMemory');
    expect(fault.message).toContain('had no memory left');
  });

  test('tells nothing of a worker that ended otherwise', () => {
    expect(deathOf(7, null, { group: 1 }, { group: 2 })).toEqual({ how: 'exit code 7' });
    expect(deathOf(null, 'SIGSEGV', { group: 1 }, { group: 2 })).toEqual({ how: 'signal SIGSEGV' });
    expect(deathOf(null, 'SIGKILL', { group: 1 }, { group: 1 })).toEqual({ how: 'signal SIGKILL' });
    expect(deathOf(null, 'SIGKILL', {}, {}).how).toContain('out of memory');
  });
});
