import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { InstallerName } from '../../../shared/scoring/installing/installers';
import { VirtualEnvironments } from '../../../shared/scoring/virtualEnvironments';
import { MachineOfPythons } from '../../support/machineOfPythons';

describe('the Python of an environment', () => {
  let machine: MachineOfPythons;

  beforeEach(() => (machine = new MachineOfPythons()));
  afterEach(() => machine.close());

  const environments = (
    options: { anyPython?: boolean; installers?: InstallerName[] } = {},
  ): VirtualEnvironments =>
    new VirtualEnvironments(join(machine.folder, 'made'), join(machine.folder, 'bin/python3'), {
      variables: machine.variables,
      installers: [],
      ...options,
    });

  const chosen = async (python?: string): Promise<string | undefined> => {
    const plan = await environments().plan({ lines: ['x'], ...(python === undefined ? {} : { python }) });
    return plan.kind === 'conda' ? undefined : plan.python.version;
  };

  test('is the preferred one where any will do, or where it suits', async () => {
    machine.python('bin/python3', '3.11.7');
    machine.python('bin/python3.12', '3.12.1');
    expect(await chosen()).toBe('3.11.7');
    expect(await chosen('3.11')).toBe('3.11.7');
    expect(await chosen('>=3.10')).toBe('3.11.7');
  });

  test('is another one of PATH where that suits, the very version before one of the same series', async () => {
    machine.python('bin/python3', '3.11.7');
    machine.python('bin/python3.12', '3.12.1');
    machine.python('.pyenv/versions/3.12.4/bin/python', '3.12.4');
    expect(await chosen('3.12')).toBe('3.12.1');
    expect(await chosen('3.12.4')).toBe('3.12.4');
    expect(await chosen('>=3.12,<3.13')).toBe('3.12.1');
  });

  test('is looked for each time, as it may have been installed since', async () => {
    machine.python('bin/python3', '3.11.7');
    const environment = environments();
    await expect(environment.plan({ lines: [], python: '3.12' })).rejects.toThrow('Python 3.12');
    machine.python('bin/python3.12', '3.12.1');
    expect(await environment.plan({ lines: [], python: '3.12' })).toMatchObject({
      python: { version: '3.12.1' },
    });
  });

  test('that the machine lacks is an error that names those that there are, and the two ways on', async () => {
    const three = machine.python('bin/python3', '3.11.7');
    const twelve = machine.python('bin/python3.12', '3.12.1');
    // A starter without an interpreter, and one that is too old to score.
    machine.program('bin/python3.13', 'echo not found >&2; exit 127');
    machine.python('bin/python3.9', '3.9.18');
    const planned = environments().plan({ lines: ['x'], python: '3.13' });
    await expect(planned).rejects.toMatchObject({ code: 'PythonVersionMissing' });
    await expect(planned).rejects.toThrow(
      `asks for Python 3.13, and there is: 3.11.7 (${three}), 3.12.1 (${twelve}).`,
    );
    await expect(planned).rejects.toThrow(/install it, .*; or let .* another one.*--allow-python-mismatch/);
  });

  test('that is older than scoring works with is told as such: installing it would not help', async () => {
    machine.python('bin/python3', '3.11.7');
    machine.python('bin/python3.8', '3.8.18');
    await expect(environments().plan({ lines: [], python: '3.8' })).rejects.toThrow(
      'ask for Python 3.10 or later in the definition',
    );
  });

  test('may be another one where that is allowed, for one environment or for all, and is told then', async () => {
    const python = machine.python('bin/python3', '3.11.7');
    const warnings = ['The environment asks for Python 3.8; it is made with Python 3.11.7 of this machine.'];
    const wanted = { lines: ['x'], python: '3.8' };
    const plan = { kind: 'venv', python: { executable: python }, warnings };
    expect(await environments().plan({ ...wanted, anyPython: true })).toMatchObject(plan);
    expect(await environments({ anyPython: true }).plan(wanted)).toMatchObject(plan);
  });

  test('may be one that the preferred one is not even there for', async () => {
    machine.python('bin/python3.12', '3.12.1');
    expect(await chosen('3.12')).toBe('3.12.1');
    await expect(chosen()).rejects.toMatchObject({ code: 'PythonMissing' });
    await expect(chosen('3.13')).rejects.toMatchObject({ code: 'PythonMissing' });
  });

  test('is no other one where the one that BATCHPOINT_PYTHON names cannot be started', async () => {
    machine.python('bin/python3.12', '3.12.1');
    const BATCHPOINT_PYTHON = join(machine.folder, 'bin/python3');
    const variables = { ...machine.variables, BATCHPOINT_PYTHON };
    const named = new VirtualEnvironments(join(machine.folder, 'made'), BATCHPOINT_PYTHON, { variables });
    const plan = named.plan({ lines: ['x'], python: '3.12' });
    await expect(plan).rejects.toMatchObject({ code: 'PythonMissing' });
  });

  test('may be one that uv has installed, and uv is named as a way to install others', async () => {
    machine.python('bin/python3', '3.11.7');
    const managed = machine.python('uv-pythons/3.13/bin/python3.13', '3.13.2');
    machine.program(
      'bin/uv',
      `echo "$*" >> ${machine.folder}/calls; echo '[{"path": "${managed}"}, {"path": null}]'`,
    );
    const withUv = environments({ installers: ['uv'] });
    expect(await withUv.plan({ lines: [], python: '3.13' })).toMatchObject({
      python: { executable: managed },
    });
    expect(machine.read('calls')).toBe(
      'python list --only-installed --managed-python --output-format json\n',
    );
    await expect(withUv.plan({ lines: [], python: '3.12' })).rejects.toThrow(
      "'uv python install 3.12' does that",
    );
  });

  test('that a definition names by its path is used as it is, also with what is installed in it', async () => {
    const python = MachineOfPythons.realPython;
    const venv = join(machine.folder, 'venv');
    execFileSync(python, ['-m', 'venv', '--without-pip', venv]);
    const interpreter = join(venv, 'bin/python');
    const made = await environments().python({ lines: [], interpreter }, () => undefined);
    expect(execFileSync(made, ['-c', 'import sys; print(sys.prefix)'], { encoding: 'utf8' }).trim()).toBe(
      venv,
    );
    const gone = environments().python({ lines: [], interpreter: '/nowhere/python' }, () => undefined);
    await expect(gone).rejects.toMatchObject({ code: 'PythonMissing' });
    const other = environments().python({ lines: [], interpreter: '/bin/true' }, () => undefined);
    await expect(other).rejects.toThrow('it does not answer as Python does');
  });
});
