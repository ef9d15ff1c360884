import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { useWorkspace } from '../../support/useWorkspace';
import { echoScript } from '../../support/workspace';

describe('a process whose folder cannot be made', () => {
  const workspace = useWorkspace({ BATCHPOINT_MAX_PARALLELISM: '1' });

  test('leaves its place to the next one', async () => {
    const { services } = workspace();
    await workspace().endpoint('folders', echoScript);
    const job = await workspace().invoke('folders', workspace().inputs(2));
    const inTheWay = join(services.scratch, 'workers');
    writeFileSync(inTheWay, '');
    await expect(workspace().activities.prepare(job.spec.key)).rejects.toThrow();
    rmSync(inTheWay);
    expect((await workspace().run(job)).run.state).toBe('Completed');
  });
});
