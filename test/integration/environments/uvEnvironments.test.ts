import { execFileSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { VirtualEnvironments } from '../../../shared/scoring/virtualEnvironments';
import { MachineOfPythons } from '../../support/machineOfPythons';
import { uvProgram } from '../../support/uvProgram';

describe('an environment that uv makes', () => {
  let machine: MachineOfPythons;
  let uv: string;

  beforeAll(async () => (uv = await uvProgram()));
  beforeEach(() => {
    machine = new MachineOfPythons();
    machine.program('bin/uv', `echo "$*" >> '${machine.folder}/calls'\nexec '${uv}' "$@"`);
  });
  afterEach(() => machine.close());

  const made = (): string => join(machine.folder, 'made');
  const environments = (variables: NodeJS.ProcessEnv = {}): VirtualEnvironments =>
    new VirtualEnvironments(made(), MachineOfPythons.realPython, {
      variables: { ...machine.variables, ...variables },
      installers: ['uv'],
    });

  test('has its packages, and pip, as one that pip makes; and is told line by line', async () => {
    const lines: string[] = [];
    const wanted = { lines: ['--trusted-host example.com', 'iniconfig==2.0.0'], buildLines: ['wheel'] };
    const python = await environments().python(wanted, (line) => lines.push(line));
    const code = 'import iniconfig, pip, wheel, sys; print(sys.prefix)';
    expect(execFileSync(python, ['-c', code], { encoding: 'utf8' })).toContain(made());
    expect(lines[0]).toContain('Making a virtual environment with');
    expect(lines).toContainEqual(expect.stringContaining('+ iniconfig==2.0.0'));
    const steps = machine
      .read('calls')
      .trim()
      .split('\n')
      .map((line) => line.split(' ', 2).join(' '));
    expect(steps).toEqual(['venv --seed', 'pip install', 'pip install']);
    expect(machine.read('calls')).toContain('--allow-insecure-host example.com');
    expect(readdirSync(made()).filter((name) => name !== 'uses')).toHaveLength(2);
  });

  test('is the same as one that pip makes, so that uv may come and go', async () => {
    const wanted = { lines: ['iniconfig==2.0.0'] };
    const byUv = await environments().python(wanted, () => undefined);
    const { variables } = machine;
    const withoutUv = new VirtualEnvironments(made(), MachineOfPythons.realPython, {
      variables,
      installers: [],
    });
    expect(await withoutUv.python(wanted, () => undefined)).toBe(byUv);
  });

  test('gets its packages from where pip gets them on this machine', async () => {
    machine.program('bin/uv', `/usr/bin/env >> '${machine.folder}/told'\nexec '${uv}' "$@"`);
    const failed = environments({
      PIP_INDEX_URL: 'http://127.0.0.1:9/simple',
      PIP_FIND_LINKS: '/nowhere/wheels /nowhere/more',
      PIP_NO_INDEX: '',
    }).python({ lines: ['iniconfig==2.0.0'] }, () => undefined);
    await expect(failed).rejects.toMatchObject({ code: 'EnvironmentFailed' });
    const told = machine.read('told').split('\n');
    expect(told).toContain('UV_DEFAULT_INDEX=http://127.0.0.1:9/simple');
    expect(told).toContain('UV_FIND_LINKS=/nowhere/wheels,/nowhere/more');
    expect(told).toContain('UV_PYTHON_DOWNLOADS=never');
    expect(readdirSync(made()).filter((name) => name !== 'uses')).toEqual([]);
  });

  test('of which the installer is killed, or can write no more, says so and leaves nothing', async () => {
    const wanted = { lines: ['iniconfig==2.0.0'] };
    machine.program('bin/uv', `[ "$1" = pip ] || exec '${uv}' "$@"; echo half way >&2; kill -9 $$`);
    const killed = environments().python(wanted, () => undefined);
    await expect(killed).rejects.toThrow(
      '(uv pip install, ended by the signal SIGKILL). The last lines of the installer: half way',
    );
    // As on a disk that is full, each file that grows beyond some blocks fails.
    machine.program('bin/uv', `ulimit -f 4; exec '${uv}' "$@"`);
    const full = environments().python(wanted, () => undefined);
    await expect(full).rejects.toMatchObject({ code: 'EnvironmentFailed' });
    expect(readdirSync(made()).filter((name) => name !== 'uses')).toEqual([]);
  });

  test('of which the folder cannot be written says so', async () => {
    writeFileSync(made(), '');
    const failed = environments().python({ lines: ['iniconfig==2.0.0'] }, () => undefined);
    await expect(failed).rejects.toMatchObject({ code: 'EnvironmentFailed' });
    await expect(failed).rejects.toThrow('writing its files');
  });

  test('that cannot be installed says why, without what the URL of an index holds', async () => {
    const lines = ['--index-url http://me:S3cret@127.0.0.1:9/simple', 'nobody-has-published-this==99.9'];
    const told: string[] = [];
    const failed = environments().python({ lines }, (line) => told.push(line));
    await expect(failed).rejects.toThrow(/uv pip install, exit code \d.*nobody-has-published-this/);
    await expect(failed).rejects.toThrow(expect.not.stringContaining('S3cret') as Error);
    expect(readdirSync(made()).filter((name) => name !== 'uses')).toEqual([]);
  });
});
