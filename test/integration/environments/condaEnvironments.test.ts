import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { PythonRequirements } from '../../../shared/registry/pythonRequirements';
import { VirtualEnvironments } from '../../../shared/scoring/virtualEnvironments';
import { MachineOfPythons } from '../../support/machineOfPythons';

/** Stands for the programs of conda: it writes down what it is called with, and makes a virtual environment there. */
const conda = (machine: MachineOfPythons): string => `
echo "\${0##*/} $*" >> '${machine.folder}/calls'
while [ "$1" != --prefix ]; do shift; done
[ -e "$2" ] && { echo "$2 is there already" >&2; exit 1; }
exec '${MachineOfPythons.realPython}' -m venv "$2"`;

const packages: PythonRequirements = {
  lines: ['iniconfig==2.0.0'],
  condaPackages: ['numpy=1.26', 'conda-forge::libgomp>=12'],
  channels: ['conda-forge', 'nodefaults'],
  python: '3.10',
};

describe('an environment with conda packages', () => {
  let machine: MachineOfPythons;

  beforeEach(() => {
    machine = new MachineOfPythons();
    machine.program('bin/python3', `exec '${MachineOfPythons.realPython}' "$@"`);
  });
  afterEach(() => machine.close());

  const environments = (anyPython = false): VirtualEnvironments =>
    new VirtualEnvironments(join(machine.folder, 'made'), join(machine.folder, 'bin/python3'), {
      variables: machine.variables,
      installers: ['mamba', 'micromamba', 'conda'],
      anyPython,
    });

  const created = (): string =>
    machine
      .read('calls')
      .replaceAll(machine.folder, '')
      .replace(/[0-9a-f]{24}\.\S{36}/, 'key');

  test.each(['mamba', 'micromamba', 'conda'])('is made by %s, and filled by pip', async (program) => {
    machine.program(`bin/${program}`, conda(machine));
    const lines: string[] = [];
    const python = await environments().python(packages, (line) => lines.push(line));
    expect(created()).toBe(
      `${program} create --yes --prefix /made/key/conda --override-channels --channel conda-forge python=3.10 pip numpy=1.26 conda-forge::libgomp>=12\n`,
    );
    expect(python).toMatch(/\/conda\/bin\/python$/);
    const code = 'import iniconfig, sys; print(sys.prefix)';
    expect(execFileSync(python, ['-c', code], { encoding: 'utf8' })).toContain('/conda');
    expect(lines[0]).toBe(`Making an environment with ${program}`);
    // Asked for again, by this host or another one, it is there.
    expect(await environments().python(packages, () => undefined)).toBe(python);
    expect(created().split('\n')).toHaveLength(2);
  });

  test('is made by the quick one of several, and by one that only a variable leads to', async () => {
    machine.program('bin/conda', conda(machine));
    machine.program('bin/micromamba', conda(machine));
    expect(await environments().plan(packages)).toMatchObject({
      kind: 'conda',
      conda: { name: 'micromamba' },
    });
    const path = machine.program('elsewhere/conda', conda(machine));
    const variables = { ...machine.variables, PATH: '/nowhere', CONDA_EXE: path };
    const elsewhere = new VirtualEnvironments(join(machine.folder, 'made'), 'python3', { variables });
    expect(await elsewhere.plan(packages)).toMatchObject({ conda: { name: 'conda', path } });
  });

  test('has the Python that the definition asks for, and never one that is too old to score with', async () => {
    machine.program('bin/conda', conda(machine));
    const python = async (wanted?: string): Promise<unknown> => {
      const { python: _python, ...others } = packages;
      const plan = await environments(true).plan({
        ...others,
        ...(wanted === undefined ? {} : { python: wanted }),
      });
      return plan.kind === 'conda' ? [plan.packages[0], ...plan.warnings] : plan.kind;
    };
    expect(await python()).toEqual(['python>=3.10']);
    expect(await python('>=3.9,<3.12')).toEqual(['python>=3.9,<3.12,>=3.10']);
    expect(await python('3')).toEqual(['python=3,>=3.10']);
    expect(await python('3.8')).toEqual([
      'python>=3.10',
      'The environment asks for Python 3.8; it is made with Python >=3.10 of conda.',
    ]);
    await expect(environments().plan({ ...packages, python: '3.8' })).rejects.toMatchObject({
      code: 'PythonVersionMissing',
    });
  });

  test('leaves them out where no conda is there, and says which', async () => {
    const { python: _python, ...others } = packages;
    expect(await environments().plan(others)).toMatchObject({
      kind: 'venv',
      warnings: [
        'Of the environment, these conda packages are not installed, as this machine has neither mamba nor micromamba nor conda: numpy=1.26, conda-forge::libgomp>=12.',
      ],
    });
  });

  test('that cannot be made says why, with the last lines of conda, and leaves nothing', async () => {
    machine.program('bin/conda', 'echo "PackagesNotFoundError: nobody-has-this" >&2; exit 1');
    const failed = environments().python(packages, () => undefined);
    await expect(failed).rejects.toMatchObject({ code: 'EnvironmentFailed' });
    await expect(failed).rejects.toThrow(
      '(conda create, exit code 1). The last lines of the installer: PackagesNotFoundError',
    );
    expect(execFileSync('ls', [join(machine.folder, 'made')], { encoding: 'utf8' })).toBe('uses\n');
  });
});

describe('a Python that the machine lacks', () => {
  test('is brought by conda, also where nothing else is asked of it', async () => {
    const machine = new MachineOfPythons();
    machine.python('bin/python3', '3.11.7');
    machine.program('bin/conda', conda(machine));
    const { variables } = machine;
    const environments = new VirtualEnvironments(join(machine.folder, 'made'), 'python3', {
      variables,
    });
    expect(await environments.plan({ lines: [], python: '3.12' })).toMatchObject({
      kind: 'conda',
      packages: ['python=3.12', 'pip'],
      warnings: [],
    });
    machine.close();
  });
});
