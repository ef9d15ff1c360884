import { restBodies } from '../../../shared/schemas/restBodies';
import { writeDeployment } from '../../../shared/registry/writeDeployment';
import { useWorkspace } from '../../support/useWorkspace';

describe('a deployment that is written while its endpoint is being deleted', () => {
  const workspace = useWorkspace();

  test.each([
    ['and is gone', false],
    ['and made anew', true],
  ])('%s, is refused, and not there', async (_what, isMadeAnew) => {
    const { registry, deletions } = workspace().services;
    const name = isMadeAnew ? 'anew' : 'gone';
    await workspace().endpoint(name, 'def run(mini_batch): return mini_batch');
    const endpoint = await registry.endpoints.get(name);
    const { value: deployment } = await registry.deployments(name).get('main');
    await deletions.begin({ endpoint: name, condition: {}, cancelsJobs: false, caller: 'somebody' });
    if (isMadeAnew) await registry.endpoints.register(name, restBodies.batchEndpoint({ properties: {} }));
    const late = writeDeployment(registry, { endpoint, name: 'late', deployment, condition: {} });
    await expect(late).rejects.toMatchObject({ code: 'ResourceDeleting' });
    expect(await registry.deployments(name).list()).toEqual([]);
  });
});
