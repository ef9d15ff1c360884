import { useWorkspace } from '../../support/useWorkspace';

describe('a script that does several things at once', () => {
  const workspace = useWorkspace();

  async function rows(name: string, script: string): Promise<string> {
    await workspace().endpoint(name, script, { miniBatchSize: 2, retrySettings: { maxRetries: 1 } });
    const job = await workspace().run(await workspace().invoke(name, workspace().inputs(4)));
    expect(job.run).toMatchObject({ state: 'Completed', progress: { failedFiles: 0, tries: 2 } });
    return workspace().predictions(job);
  }

  test.each(['fork', 'spawn', 'forkserver'])('has processes by multiprocessing: %s', async (method) => {
    const script = `
import multiprocessing
def read(path):
    return open(path).read()
def run(mini_batch):
    with multiprocessing.get_context('${method}').Pool(2) as pool:
        return pool.map(read, mini_batch)
`;
    expect(await rows(`by-${method}`, script)).toBe('0\n1\n2\n3\n');
  });

  test('keeps a pool of processes from init() on', async () => {
    const script = `
from concurrent.futures import ProcessPoolExecutor
def read(path):
    return open(path).read()
def init():
    global pool
    pool = ProcessPoolExecutor(2)
def run(mini_batch):
    return list(pool.map(read, mini_batch))
`;
    expect(await rows('by-executor', script)).toBe('0\n1\n2\n3\n');
    await workspace().services.pool.retireIdle(0);
  });

  test('has threads', async () => {
    const script = `
from concurrent.futures import ThreadPoolExecutor
def run(mini_batch):
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(lambda path: open(path).read(), mini_batch))
`;
    expect(await rows('by-threads', script)).toBe('0\n1\n2\n3\n');
  });

  test('awaits', async () => {
    const script = `
import asyncio
async def read(path):
    await asyncio.sleep(0)
    return open(path).read()
async def read_all(paths):
    return await asyncio.gather(*map(read, paths))
def run(mini_batch):
    return asyncio.run(read_all(mini_batch))
`;
    expect(await rows('by-asyncio', script)).toBe('0\n1\n2\n3\n');
  });
});
