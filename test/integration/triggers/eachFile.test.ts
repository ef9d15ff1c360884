import { randomUUID } from 'node:crypto';
import { WatchedFolder } from '../../support/watchedFolder';
import { useWorkspace } from '../../support/useWorkspace';
import { echoScript, Workspace } from '../../support/workspace';

describe('a trigger that makes each file a job', () => {
  const workspace = useWorkspace();
  let landing: WatchedFolder;

  beforeAll(async () => {
    await workspace().endpoint('invoices', echoScript);
  });
  beforeEach(async () => {
    landing = await new WatchedFolder(workspace(), `ds_${randomUUID().slice(0, 8)}`).register();
  });

  test('starts one job for a file that lands, by whom and for which version', async () => {
    await landing.trigger('each-file', 'invoices', { watch: { path: 'incoming' } });
    await landing.land('incoming/a.csv', '1');
    await landing.advance();
    const [job, ...others] = await landing.jobsOf('each-file');
    expect(others).toEqual([]);
    expect(job?.spec).toMatchObject({
      endpoint: 'invoices',
      deployment: 'main',
      inputUri: `azureml://datastores/${landing.datastore}/paths/incoming/a.csv`,
      startedBy: { type: 'trigger', name: 'each-file', lineage: [] },
    });
    expect(job?.spec.name).toMatch(/^each-file-[0-9a-f]{20}$/);
    expect(job?.spec.startedBy?.id).toMatch(/^incoming\/a\.csv@/);
    expect(landing.orchestrations.started).toEqual([`job-${job?.spec.key}`]);
    expect(landing.reports).toEqual([]);
  });

  test('scores a version once, however often and late its event comes, also to two at once', async () => {
    await landing.trigger('doubled', 'invoices');
    const other = await Workspace.reopen(workspace().folder);
    const both = [workspace().services, other.services];
    landing.write('a.csv', '1');
    await Promise.all([...both, ...both].map((services) => landing.tell('a.csv', undefined, services)));
    await Promise.all([...both, ...both].map((services) => landing.advance(services)));
    await landing.tell('a.csv');
    await landing.advance();
    expect(await landing.inputsOf('doubled')).toEqual(['a.csv']);
    expect(landing.orchestrations.started).toHaveLength(1);
    await other.services.stores.close();
  });

  test('scores a file again that is replaced', async () => {
    await landing.trigger('replaced', 'invoices');
    await landing.land('a.csv', '1');
    await landing.advance();
    await landing.land('a.csv', '22');
    await landing.advance();
    expect(await landing.inputsOf('replaced')).toEqual(['a.csv', 'a.csv']);
  });
});
