import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { CollectedItem, CollectedKind } from '../../../shared/collecting/collection';
import { restBodies } from '../../../shared/schemas/restBodies';
import { MachineOfPythons } from '../../support/machineOfPythons';
import { makeFolder, removeFolders } from '../../support/hostApp';
import { useWorkspace } from '../../support/useWorkspace';

const folder = makeFolder();
// Stands for uv, as making environments is not what this is about: it makes a folder with an interpreter in it.
const machine = new MachineOfPythons();
machine.program(
  'bin/uv',
  `[ "$1" = venv ] || exit 0
for folder; do :; done
mkdir -p "$folder/bin" && ln -s '${MachineOfPythons.realPython}' "$folder/bin/python"
head -c 2000000 /dev/zero > "$folder/a-package"`,
);
const variables = {
  PATH: `${join(machine.folder, 'bin')}:${process.env['PATH']}`,
  BATCHPOINT_INSTALLERS: 'uv',
};
const workspace = useWorkspace({ BATCHPOINT_ENVIRONMENTS: folder, ...variables });
afterAll(() => {
  removeFolders();
  machine.close();
});

const wanted = { lines: ['a-package'] };
const compiled = join(__dirname, '../../../dist/shared/scoring/virtualEnvironments.js');

describe('An environment that was installed on a machine', () => {
  const python = (): Promise<string> => workspace().services.environments.python(wanted, () => undefined);

  /** Frees what has not been used within some seconds. */
  async function free(only: CollectedKind, olderThan = -60): Promise<readonly CollectedItem[]> {
    const { collections } = workspace().services;
    const { id } = await collections.begin({ only: [only], olderThan, dryRun: false });
    await collections.advance(id, { milliseconds: 60_000, state: () => Promise.resolve('over') });
    return (await collections.report(id))?.items ?? [];
  }

  /** Another process of this machine that has been given the environment. */
  async function another(): Promise<ChildProcess> {
    const source = `
      const { VirtualEnvironments } = require(${JSON.stringify(compiled)});
      const made = new VirtualEnvironments(${JSON.stringify(folder)}, 'python3', { installers: ['uv'] });
      made.python(${JSON.stringify(wanted)}, () => undefined).then(() => console.log('given'));
      setInterval(() => undefined, 1_000);`;
    const child = spawn(process.execPath, ['-e', source], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, ...variables },
    });
    await once(child.stdout, 'data');
    return child;
  }

  async function killed(child: ChildProcess): Promise<void> {
    child.kill('SIGKILL');
    await once(child, 'exit');
  }

  test('goes when nobody has used it for the time, and is made anew where it is asked for again', async () => {
    const made = await python();
    expect(await free('environments', 3_600)).toEqual([]);
    const [item, ...others] = await free('environments');
    expect(item).toMatchObject({
      kind: 'environments',
      name: expect.stringMatching(/^environment [0-9a-f]{24}$/),
    });
    expect(item?.bytes).toBeGreaterThanOrEqual(2_000_000);
    expect(others).toEqual([]);
    expect(existsSync(made)).toBe(false);
    expect(readdirSync(folder).filter((name) => name !== 'uses')).toEqual([]);
    expect(existsSync(await python())).toBe(true);
  });

  test('stays while a version asks for it, until that is archived', async () => {
    const made = await python();
    const { environments } = workspace().services.registry;
    const body = restBodies.environmentVersion({ properties: { requirementsFile: 'a-package\n' } });
    await environments.register('kept', '1', body);
    expect(await free('environments')).toEqual([]);
    await environments.versions.label({ name: 'kept', version: '1' }, { isArchived: true });
    expect(await free('environments')).toHaveLength(1);
    expect(existsSync(made)).toBe(false);
  });

  test('stays while another process uses it, whatever its age, and goes when that was killed', async () => {
    const child = await another();
    const made = await python();
    expect(await free('environments')).toEqual([]);
    expect(existsSync(made)).toBe(true);
    await killed(child);
    expect(await free('environments')).toHaveLength(1);
  });

  test('is there for whoever is given it while it is looked at', async () => {
    for (let round = 0; round < 3; round++) {
      await python();
      const { environments } = workspace().services;
      const before = new Date(Date.now() + 60_000);
      const [unused] = await environments.unused(before);
      if (unused === undefined) throw new Error('It is in use.');
      const removal = environments.remove(unused, before, () => false);
      for (let turn = 0; turn < round; turn++) await Promise.resolve();
      const [given, isGone] = await Promise.all([python(), removal]);
      expect([round, existsSync(given)]).toEqual([round, true]);
      expect([round, existsSync(unused.folder)]).toEqual([round, !isGone]);
    }
  });

  test('whose removal or making was killed half way is cleared away with what else has been left', async () => {
    await free('environments');
    const child = await another();
    await killed(child);
    // A removal takes the record away first.
    const records = readdirSync(folder).filter((name) => name.endsWith('.json'));
    expect(records).toHaveLength(1);
    for (const name of records) rmSync(join(folder, name));
    expect((await free('leftovers')).map(({ name }) => name)).toContain('unfinished environment');
    expect(readdirSync(folder).filter((name) => name !== 'uses')).toEqual([]);
  });
});
