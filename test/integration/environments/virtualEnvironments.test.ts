import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execFileSync } from 'node:child_process';
import { EnvironmentFolder } from '../../../shared/scoring/environmentFolder';
import { identityOf } from '../../../shared/scoring/processIdentity';
import { VirtualEnvironments } from '../../../shared/scoring/virtualEnvironments';

const requirements = (...lines: string[]): { lines: string[] } => ({ lines });
const quiet = (): void => undefined;

/** What lies in a folder of environments, but for the notes of who uses them. */
function entries(folder: string): string[] {
  return readdirSync(folder).filter((name) => name !== 'uses');
}

describe('virtual environments', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'batchpoint-venv-'));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const environments = (python = 'python3'): VirtualEnvironments =>
    new VirtualEnvironments(join(folder, 'made'), python);

  test('are not made where nothing is to be installed: then the interpreter of the machine is used as it is', async () => {
    const python = await environments().python(undefined, quiet);
    expect(execFileSync(python, ['-c', 'print(1)'], { encoding: 'utf8' })).toBe('1\n');
    expect(existsSync(join(folder, 'made'))).toBe(false);
  });

  test('are made once for a definition, also when it is asked for at once and by several hosts', async () => {
    const [one, other] = [environments(), environments()];
    const [lines, toldToo]: [string[], string[]] = [[], []];
    const made = await Promise.all([
      one.python(requirements('iniconfig==2.0.0'), (line) => lines.push(line)),
      one.python(requirements('iniconfig==2.0.0'), (line) => toldToo.push(line)),
      other.python(requirements('iniconfig==2.0.0'), quiet),
    ]);
    expect(new Set(made).size).toBe(1);
    expect(await environments().python(requirements('iniconfig==2.0.0'), quiet)).toBe(made[0]);
    expect(entries(join(folder, 'made'))).toHaveLength(2);
    expect(lines.join('\n')).toContain('Making a virtual environment');
    expect(lines.join('\n')).toContain('iniconfig');
    expect(toldToo).toEqual(lines);
    const code = 'import iniconfig, sys; print(sys.prefix)';
    expect(execFileSync(made[0], ['-c', code], { encoding: 'utf8' })).toContain(join(folder, 'made'));
  });

  test('that cannot be installed say why, with the last lines of the installer, and leave nothing', async () => {
    const failed = environments().python(requirements('a-package-that-nobody-has-published==99.9'), quiet);
    await expect(failed).rejects.toMatchObject({ code: 'EnvironmentFailed' });
    await expect(failed).rejects.toThrow('a-package-that-nobody-has-published');
    expect(entries(join(folder, 'made'))).toEqual([]);
    await expect(environments().python(requirements('nobody has this'), quiet)).rejects.toThrow(
      'Invalid requirement',
    );
  });

  test('that a killed host has left half made are cleared away and never used', async () => {
    const made = join(folder, 'made');
    const gone = 'draft-999999-1-00000000-0000-4000-8000-000000000000';
    const half = `${'0'.repeat(24)}.half`;
    mkdirSync(join(made, gone), { recursive: true });
    mkdirSync(join(made, half, 'bin'), { recursive: true });
    writeFileSync(join(made, half, 'bin/python'), '');
    writeFileSync(join(made, half, 'owner.json'), JSON.stringify({ pid: 999999, started: '1' }));
    writeFileSync(join(made, gone.replace('4000', '4001')), '{}');
    const python = await environments().python(requirements('iniconfig==2.0.0'), quiet);
    expect(entries(made)).toHaveLength(2);
    expect(python).not.toContain(half);
  });

  test('that another process is making at this moment are left alone, as are those that are ready', async () => {
    const made = join(folder, 'made');
    const { pid, started } = identityOf(process.pid) ?? { pid: 0, started: '' };
    const going = `draft-${pid}-${started}-00000000-0000-4000-8000-000000000000`;
    const attempt = `${'0'.repeat(24)}.going`;
    mkdirSync(join(made, going), { recursive: true });
    mkdirSync(join(made, attempt));
    writeFileSync(join(made, attempt, 'owner.json'), JSON.stringify({ pid, started }));
    const ready = `${'1'.repeat(24)}.ready`;
    mkdirSync(join(made, ready));
    writeFileSync(join(made, ready, 'owner.json'), JSON.stringify({ pid: 999999, started: '1' }));
    writeFileSync(join(made, `${'1'.repeat(24)}.json`), JSON.stringify({ folder: join(made, ready) }));
    await new EnvironmentFolder(made).clearAbandoned();
    expect(entries(made).sort()).toEqual([attempt, `${'1'.repeat(24)}.json`, ready, going].sort());
  });

  test('that somebody has removed are made again', async () => {
    const first = await environments().python(requirements('iniconfig==2.0.0'), quiet);
    rmSync(join(first, '../..'), { recursive: true });
    const second = await environments().python(requirements('iniconfig==2.0.0'), quiet);
    expect(existsSync(second)).toBe(true);
  });

  test('need a Python: one that is not there is named', async () => {
    const missing = environments('/no/such/python').python(undefined, quiet);
    await expect(missing).rejects.toMatchObject({ code: 'PythonMissing' });
    await expect(missing).rejects.toThrow('BATCHPOINT_PYTHON');
  });

  test('need Python 3.10: an older one is told with its version', async () => {
    const python = join(folder, 'python');
    writeFileSync(python, `#!/bin/sh\necho '["/usr/bin/python3.9", "3.9.18", null]'\n`);
    chmodSync(python, 0o755);
    const old = environments(python).python(requirements('iniconfig==2.0.0'), quiet);
    await expect(old).rejects.toMatchObject({ code: 'PythonTooOld' });
    await expect(old).rejects.toThrow(/3\.9\.18.*3\.10 or later/);
  });

  test('need ensurepip: where it is missing, the package that brings it is named', async () => {
    writeFileSync(join(folder, 'ensurepip.py'), 'raise ImportError("not here")\n');
    const python = join(folder, 'python');
    writeFileSync(python, `#!/bin/sh\nPYTHONPATH=${folder} exec python3 "$@"\n`);
    chmodSync(python, 0o755);
    const failed = environments(python).python(requirements('iniconfig==2.0.0'), quiet);
    await expect(failed).rejects.toMatchObject({ code: 'EnsurepipMissing' });
    await expect(failed).rejects.toThrow(/apt install python3\.\d+-venv/);
    await expect(environments(python).python(undefined, quiet)).resolves.toBeDefined();
  });
});
