import { useWorkspace } from '../../support/useWorkspace';
import { echoScript } from '../../support/workspace';

describe('the place of an output', () => {
  const workspace = useWorkspace();
  const outputDataset = { path: 'one/place' };

  beforeAll(async () => {
    await workspace().endpoint('place', echoScript);
  });

  const state = async (name: string): Promise<string> =>
    (await workspace().services.jobs.get(name)).run.state;

  test('belongs to the job that was planned first, until its end is recorded, and then to the next', async () => {
    const { jobs } = workspace().services;
    const input = workspace().inputs(1);
    const [first, second, third] = [
      await workspace().invoke('place', input, { outputDataset }),
      await workspace().invoke('place', input, { outputDataset }),
      await workspace().invoke('place', input, { outputDataset }),
    ];
    await workspace().activities.plan(first.spec.key);
    await workspace().activities.plan(second.spec.key);
    expect((await jobs.get(second.spec.name)).run.stop).toMatchObject({ error: { code: 'OutputReserved' } });
    // Its end is recorded, and whoever recorded it died before the place was given back.
    await jobs.cancel(first.spec.name, 'tester');
    await jobs.move(first.spec.key, 'Canceled');
    await workspace().activities.plan(third.spec.key);
    expect(await state(third.spec.name)).toBe('Running');
  });

  test('goes to one of many that find the last one over', async () => {
    const { jobs } = workspace().services;
    const input = workspace().inputs(1);
    const output = { outputDataset: { path: 'raced/place' } };
    const last = await workspace().invoke('place', input, output);
    const next = await Promise.all(
      Array.from({ length: 6 }, () => workspace().invoke('place', input, output)),
    );
    await workspace().activities.plan(last.spec.key);
    await jobs.cancel(last.spec.name, 'tester');
    await jobs.move(last.spec.key, 'Canceled');
    await Promise.all(next.map(({ spec }) => workspace().activities.plan(spec.key)));
    const states = await Promise.all(next.map(({ spec }) => state(spec.name)));
    expect(states.filter((one) => one === 'Running')).toHaveLength(1);
  });
});
