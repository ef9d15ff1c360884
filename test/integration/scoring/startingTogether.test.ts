import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { useApi } from '../../support/api';

const { host } = useApi();

/** init() ends only when the init() of another process has begun. */
const meetsAnother = `
import os
import time

def init():
    place = os.environ['MEETING']
    open(os.path.join(place, str(os.getpid())), 'w').close()
    end = time.monotonic() + 30
    while len(os.listdir(place)) < 2:
        if time.monotonic() > end:
            raise TimeoutError('nobody came')
        time.sleep(0.01)

def run(mini_batch):
    return mini_batch
`;

test('the processes of all lanes are started at once when a job is planned', async () => {
  const place = join(host.folder, 'meeting');
  mkdirSync(place);
  await host.endpoint('meeting', meetsAnother, {
    miniBatchSize: 1,
    resources: { instanceCount: 2 },
    retrySettings: { maxRetries: 1, timeout: 'PT30S' },
    environmentVariables: { MEETING: place },
  });
  const { name } = await host.invoke('meeting', host.inputs(4));
  const { properties } = await host.finished(name);
  expect(properties).toMatchObject({ status: 'Completed', progress: { lanes: 2, miniBatchesFailed: 0 } });
});

test('a job of one lane starts one process', async () => {
  const place = join(host.folder, 'alone');
  mkdirSync(place);
  const script = `
import os
import time

def init():
    open(os.path.join(os.environ['PLACE'], str(os.getpid())), 'w').close()

def run(mini_batch):
    time.sleep(0.1)
    return mini_batch
`;
  await host.endpoint('alone', script, { miniBatchSize: 1, environmentVariables: { PLACE: place } });
  const { name } = await host.invoke('alone', host.inputs(5, 'five'));
  expect((await host.finished(name)).properties).toMatchObject({
    status: 'Completed',
    progress: { lanes: 1 },
  });
  expect(readdirSync(place)).toHaveLength(1);
});
