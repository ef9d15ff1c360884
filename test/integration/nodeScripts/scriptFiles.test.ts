import type { Job } from '../../../shared/jobs/jobStore';
import { useWorkspace } from '../../support/useWorkspace';

const head = `import fs from 'node:fs';
import { join } from 'node:path';
const folder = process.env.AZUREML_BI_OUTPUT_PATH;
const text = (path) => fs.readFileSync(path, 'utf8');
`;

describe('files that a script in JavaScript writes to AZUREML_BI_OUTPUT_PATH', () => {
  const workspace = useWorkspace();

  async function scored(name: string, script: string, settings: object, files: number): Promise<Job> {
    await workspace().endpoint(name, head + script, settings, 'score.mjs');
    return workspace().run(await workspace().invoke(name, workspace().inputs(files)));
  }

  const file = (job: Job, name: string): Promise<string> =>
    workspace().file(job, `named-outputs/score/${name}`);

  test('are output of the job, under their own names and folders', async () => {
    const script = `import { basename } from 'node:path';
export function run(paths) {
  fs.mkdirSync(join(folder, 'by name'), { recursive: true });
  for (const path of paths) fs.writeFileSync(join(folder, 'by name', basename(path) + '.out'), text(path).repeat(3));
  return paths;
}`;
    const settings = { outputAction: 'SummaryOnly', resources: { instanceCount: 2 } };
    const job = await scored('own', script, settings, 3);
    expect(job.run.result?.scriptFiles).toEqual([
      'by name/f000000.txt.out',
      'by name/f000001.txt.out',
      'by name/f000002.txt.out',
    ]);
    expect(await file(job, 'by name/f000002.txt.out')).toBe('222');
  });

  test.each([1, 4])('of one name are joined in the order of the input, with %s workers', async (workers) => {
    const script = `export function run([path]) {
  fs.appendFileSync(join(folder, 'all.csv'), text(path) + '\\n');
  return ['ok'];
}`;
    const job = await scored(`joined-${workers}`, script, { resources: { instanceCount: workers } }, 40);
    expect(await file(job, 'all.csv')).toBe(Array.from({ length: 40 }, (_, i) => `${i}\n`).join(''));
  });

  test.each([
    ['stream', "fs.createWriteStream(join(folder, 'open.txt'))"],
    ['slow-stream', "fs.createWriteStream(join(folder, 'open.txt'), { highWaterMark: 1 })"],
    ['handle', "(await fs.promises.open(join(folder, 'open.txt'), 'w')).createWriteStream()"],
    ['relative', "(process.chdir(folder), fs.createWriteStream('open.txt'))"],
  ])(
    'may stay open over many mini-batches as a %s, without waiting for what it writes',
    async (name, stream) => {
      const script = `let open;
export async function init() { open = ${stream}; }
export function run([path]) {
  open.write(text(path));
  open.write('\\n');
  return ['ok'];
}`;
      const job = await scored(name, script, { resources: { instanceCount: 2 } }, 6);
      expect(await file(job, 'open.txt')).toBe('0\n1\n2\n3\n4\n5\n');
    },
  );

  test('may be ended without waiting', async () => {
    const script = `export function run([path]) {
  fs.createWriteStream(join(folder, text(path) + '.txt')).end('x'.repeat(1 << 22));
  return ['ok'];
}`;
    const job = await scored('ended', script, {}, 2);
    expect((await file(job, '1.txt')).length).toBe(1 << 22);
  });

  test('of an attempt that failed are left out, also what it had not yet written', async () => {
    const script = `const tried = new Set();
const open = fs.createWriteStream(join(folder, 'tries.txt'));
export function run([path]) {
  const number = text(path);
  open.write(number + '\\n');
  if (tried.has(number)) return ['ok'];
  tried.add(number);
  throw new Error('first try');
}`;
    const job = await scored('tries', script, { retrySettings: { maxRetries: 2 } }, 3);
    expect(await file(job, 'tries.txt')).toBe('0\n1\n2\n');
  });

  test('of a process that was killed are left out too', async () => {
    const script = `export function run([path]) {
  fs.appendFileSync(join(folder, 'killed.txt'), text(path) + '\\n');
  if (text(path) === '2') process.exit(1);
  return ['ok'];
}`;
    const job = await scored('killed', script, { retrySettings: { maxRetries: 1 } }, 5);
    expect(await file(job, 'killed.txt')).toBe('0\n1\n3\n4\n');
  });

  test('that were there already are taken whole where they are written anew', async () => {
    const script = `export function run([path]) {
  fs.rmSync(join(folder, 'last.txt'), { force: true });
  fs.writeFileSync(join(folder, 'last.txt'), text(path));
  fs.mkdirSync(join(folder, 'empty', text(path)), { recursive: true });
  fs.writeFileSync(join(folder, 'empty.txt'), '');
  return ['ok'];
}`;
    const job = await scored('anew', script, {}, 3);
    expect(await file(job, 'last.txt')).toBe('012');
    expect(await file(job, 'empty.txt')).toBe('');
  });

  test('of one job never reach another one', async () => {
    const script = `export function run() {
  const before = fs.readdirSync(folder);
  fs.appendFileSync(join(folder, 'mine.txt'), 'x');
  return [before];
}`;
    for (const name of ['mine', 'mine']) {
      const job = await scored(name, script, {}, 1);
      expect(await workspace().predictions(job)).toBe('[]\n');
      expect(await file(job, 'mine.txt')).toBe('x');
    }
  });

  test('with a name that is not UTF-8 fail their mini-batch alone, and nothing of it is kept', async () => {
    const script = `export function run([path]) {
  const number = text(path);
  fs.appendFileSync(join(folder, 'all.csv'), number);
  if (number === '1') fs.writeFileSync(Buffer.concat([Buffer.from(folder + '/caf'), Buffer.from([0xe9])]), '');
  return [number];
}`;
    const job = await scored('latin', script, { retrySettings: { maxRetries: 2 } }, 4);
    expect(job.run.failures).toMatchObject([{ miniBatch: 1, code: 'ScriptFileNameInvalid', tries: 2 }]);
    expect(job.run.failures[0]?.message).toContain("'caf\ufffd'");
    expect(await file(job, 'all.csv')).toBe('023');
  });
});
