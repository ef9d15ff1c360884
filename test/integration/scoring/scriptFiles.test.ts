import { useWorkspace } from '../../support/useWorkspace';

describe('files that a script writes to AZUREML_BI_OUTPUT_PATH', () => {
  const workspace = useWorkspace();

  test('are output of the job, under their own names and folders', async () => {
    const script = `
import os
def run(mini_batch):
    folder = os.path.join(os.environ['AZUREML_BI_OUTPUT_PATH'], 'by name')
    os.makedirs(folder, exist_ok=True)
    for path in mini_batch:
        with open(os.path.join(folder, os.path.basename(path) + '.out'), 'w') as file:
            file.write(open(path).read() * 3)
    return mini_batch
`;
    await workspace().endpoint('own', script, {
      outputAction: 'SummaryOnly',
      resources: { instanceCount: 2 },
    });
    const job = await workspace().run(await workspace().invoke('own', workspace().inputs(3)));
    expect(job.run.result?.scriptFiles).toEqual([
      'by name/f000000.txt.out',
      'by name/f000001.txt.out',
      'by name/f000002.txt.out',
    ]);
    expect(await workspace().file(job, 'named-outputs/score/by name/f000002.txt.out')).toBe('222');
  });

  test.each([1, 4])('of one name are joined in the order of the input, with %s workers', async (workers) => {
    const script = `
import os
path = os.path.join(os.environ['AZUREML_BI_OUTPUT_PATH'], 'all.csv')
def run(mini_batch):
    with open(path, 'a') as file:
        file.write(open(mini_batch[0]).read() + '\\n')
    return ['ok']
`;
    await workspace().endpoint(`joined-${workers}`, script, { resources: { instanceCount: workers } });
    const job = await workspace().run(await workspace().invoke(`joined-${workers}`, workspace().inputs(40)));
    const all = Array.from({ length: 40 }, (_, i) => `${i}\n`).join('');
    expect(await workspace().file(job, 'named-outputs/score/all.csv')).toBe(all);
  });

  test('may stay open over many mini-batches, and be flushed by nobody', async () => {
    const script = `
import os
def init():
    global file
    file = open(os.path.join(os.environ['AZUREML_BI_OUTPUT_PATH'], 'open.txt'), 'w')
def run(mini_batch):
    file.write(open(mini_batch[0]).read() + '\\n')
    return ['ok']
`;
    await workspace().endpoint('open', script, { resources: { instanceCount: 2 } });
    const job = await workspace().run(await workspace().invoke('open', workspace().inputs(6)));
    expect(await workspace().file(job, 'named-outputs/score/open.txt')).toBe('0\n1\n2\n3\n4\n5\n');
  });

  test.each([
    ['relative to the folder', "os.chdir(place)\n    file = open('open.txt', 'a')"],
    ['by descriptor', "file = os.fdopen(os.open(place + '/open.txt', os.O_CREAT | os.O_WRONLY), 'w')"],
    ['for reading too', "file = io.TextIOWrapper(open(place + '/open.txt', 'w+b'))"],
    [
      'beside a stream that was detached',
      "sys.stdout = io.TextIOWrapper(sys.stdout.detach())\n    file = open(place + '/open.txt', 'w')",
    ],
    [
      'beside a stream without a name',
      "global other\n    other = io.TextIOWrapper(io.BytesIO())\n    file = open(place + '/open.txt', 'w')",
    ],
  ])('may be opened %s', async (how, opening) => {
    const script = `
import io
import os
import sys
def init():
    global file
    place = os.environ['AZUREML_BI_OUTPUT_PATH']
    ${opening}
def run(mini_batch):
    file.write(open(mini_batch[0]).read() + '\\n')
    return ['ok']
`;
    const endpoint = how.replaceAll(' ', '-').slice(0, 32);
    await workspace().endpoint(endpoint, script, { resources: { instanceCount: 2 } });
    const job = await workspace().run(await workspace().invoke(endpoint, workspace().inputs(6)));
    expect(await workspace().file(job, 'named-outputs/score/open.txt')).toBe('0\n1\n2\n3\n4\n5\n');
  });

  test('in init() are left out: each worker would add them once more', async () => {
    const script = `
import os
def init():
    global file
    file = open(os.path.join(os.environ['AZUREML_BI_OUTPUT_PATH'], 'table.txt'), 'a')
    file.write('header\\n')
    open(os.path.join(os.environ['AZUREML_BI_OUTPUT_PATH'], 'only-init.txt'), 'w').close()
def run(mini_batch):
    file.write(open(mini_batch[0]).read() + '\\n')
    return ['ok']
`;
    await workspace().endpoint('by-init', script, { resources: { instanceCount: 2 } });
    const job = await workspace().run(await workspace().invoke('by-init', workspace().inputs(4)));
    expect(job.run.result?.scriptFiles).toEqual(['table.txt']);
    expect(await workspace().file(job, 'named-outputs/score/table.txt')).toBe('0\n1\n2\n3\n');
  });

  test('of an attempt that failed are left out', async () => {
    const script = `
import os
tried = set()
def run(mini_batch):
    number = open(mini_batch[0]).read()
    with open(os.path.join(os.environ['AZUREML_BI_OUTPUT_PATH'], 'tries.txt'), 'a') as file:
        file.write(number + '\\n')
    if number not in tried:
        tried.add(number)
        raise ValueError('first try')
    return ['ok']
`;
    await workspace().endpoint('tries', script, { retrySettings: { maxRetries: 2 } });
    const job = await workspace().run(await workspace().invoke('tries', workspace().inputs(3)));
    expect(await workspace().file(job, 'named-outputs/score/tries.txt')).toBe('0\n1\n2\n');
  });

  test('of an attempt that failed are left out of a file that stays open, and was flushed by nobody, too', async () => {
    const script = `
import os
tried = set()
def init():
    global file
    file = open(os.path.join(os.environ['AZUREML_BI_OUTPUT_PATH'], 'kept-open.txt'), 'a')
def run(mini_batch):
    number = open(mini_batch[0]).read()
    file.write(number + '\\n')
    if number not in tried:
        tried.add(number)
        raise ValueError('first try')
    return ['ok']
`;
    await workspace().endpoint('kept-open', script, { retrySettings: { maxRetries: 2 } });
    const job = await workspace().run(await workspace().invoke('kept-open', workspace().inputs(3)));
    expect(await workspace().file(job, 'named-outputs/score/kept-open.txt')).toBe('0\n1\n2\n');
  });

  test('of a process that was killed are left out too', async () => {
    const script = `
import os
def run(mini_batch):
    number = open(mini_batch[0]).read()
    with open(os.path.join(os.environ['AZUREML_BI_OUTPUT_PATH'], 'killed.txt'), 'a') as file:
        file.write(number + '\\n')
    if number == '2':
        os._exit(1)
    return ['ok']
`;
    await workspace().endpoint('killed', script, { retrySettings: { maxRetries: 1 } });
    const job = await workspace().run(await workspace().invoke('killed', workspace().inputs(5)));
    expect(await workspace().file(job, 'named-outputs/score/killed.txt')).toBe('0\n1\n3\n4\n');
  });

  test('of one job never reach another one', async () => {
    const script = `
import os
def run(mini_batch):
    folder = os.environ['AZUREML_BI_OUTPUT_PATH']
    before = sorted(os.listdir(folder))
    open(os.path.join(folder, 'mine.txt'), 'a').write('x')
    return [str(before)]
`;
    await workspace().endpoint('mine', script);
    for (let turn = 0; turn < 2; turn++) {
      const job = await workspace().run(await workspace().invoke('mine', workspace().inputs(1)));
      expect(await workspace().predictions(job)).toBe('[]\n');
      expect(await workspace().file(job, 'named-outputs/score/mine.txt')).toBe('x');
    }
  });

  test('must not have the name of the predictions file, and then nothing becomes visible', async () => {
    const script = `
import os
def run(mini_batch):
    for name in ('another.txt', 'predictions.csv'):
        open(os.path.join(os.environ['AZUREML_BI_OUTPUT_PATH'], name), 'w').write('x')
    return ['ok']
`;
    await workspace().endpoint('in-the-way', script);
    const job = await workspace().run(await workspace().invoke('in-the-way', workspace().inputs(1)));
    expect(job.run.error).toMatchObject({ code: 'ScriptFileInTheWay' });
    const { store, folder } = await workspace().services.destinations.open(job.spec.output);
    for await (const page of store.list(folder)) expect(page).toEqual([]);
  });

  test('with a name that is not UTF-8 fail their mini-batch alone, and nothing of it is kept', async () => {
    const script = `
import os
folder = os.environ['AZUREML_BI_OUTPUT_PATH']
def run(mini_batch):
    number = open(mini_batch[0]).read()
    with open(os.path.join(folder, 'all.csv'), 'a') as file:
        file.write(number)
    if number == '1':
        open(os.path.join(os.fsencode(folder), b'caf\\xe9.txt'), 'w').close()
    return [number]
`;
    await workspace().endpoint('latin', script, { retrySettings: { maxRetries: 2 } });
    const job = await workspace().run(await workspace().invoke('latin', workspace().inputs(4)));
    expect(job.run.state).toBe('Completed');
    expect(job.run.progress).toMatchObject({ failedMiniBatches: 1, failedFiles: 1 });
    expect(job.run.failures).toMatchObject([{ miniBatch: 1, code: 'ScriptFileNameInvalid', tries: 2 }]);
    expect(job.run.failures[0]?.message).toContain("'caf\\udce9.txt'");
    expect(await workspace().file(job, 'named-outputs/score/all.csv')).toBe('023');
  });
});
