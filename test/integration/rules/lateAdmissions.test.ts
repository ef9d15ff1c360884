import { useWorkspace } from '../../support/useWorkspace';
import { echoScript } from '../../support/workspace';

describe('the admission of a job that was stopped meanwhile', () => {
  const workspace = useWorkspace();

  test('is answered at once, and keeps nothing of the compute', async () => {
    const { jobs, places } = workspace().services;
    await workspace().endpoint('late', echoScript);
    const { spec } = await workspace().invoke('late', workspace().inputs(1));
    expect(await places.admit(spec)).toMatchObject({ go: true });
    await jobs.cancel(spec.name, 'tester');
    expect(await places.admit(spec)).toMatchObject({ go: true });
    expect((await places.use(spec)).admitted).toEqual([]);
  });
});
