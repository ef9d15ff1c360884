import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Job } from '../../../shared/jobs/jobStore';
import { restBodies } from '../../../shared/schemas/restBodies';
import { useWorkspace } from '../../support/useWorkspace';

const run = 'export const run = (paths) => paths;\n';

describe('an init() in JavaScript that fails', () => {
  const workspace = useWorkspace({ BATCHPOINT_INIT_TIMEOUT: '2' });

  async function failing(
    name: string,
    script: string,
    file = 'score.mjs',
  ): Promise<{ code: string; message: string; trace: string }> {
    await workspace().endpoint(name, script, { retrySettings: { maxRetries: 1 } }, file);
    const job = await workspace().run(await workspace().invoke(name, workspace().inputs(2)));
    expect(job.run.state).toBe('Failed');
    expect(job.run.progress.miniBatches).toBe(0);
    const { code = 'none', message = '', details = [] } = job.run.error ?? {};
    return { code, message, trace: details[0]?.message ?? '' };
  }

  test.each([
    ['throws', 'export function init() { throw new RangeError("no model here"); }'],
    ['rejects', 'export const init = async () => { await null; throw new RangeError("no model here"); };'],
  ])('as it %s stops the job with the error and its frames', async (how, init) => {
    const { code, message, trace } = await failing(how, run + init);
    expect(code).toBe('InitFailed');
    expect(message).toContain('RangeError: no model here');
    expect(trace).toMatch(/^RangeError: no model here\n {4}at \S*init \(file:.*score\.mjs:2:\d+\)\n$/);
  });

  test('as its module throws while it is loaded does so too', async () => {
    const { code, trace } = await failing('top-level', `${run}undefined.model;`);
    expect(code).toBe('InitFailed');
    expect(trace).toMatch(/^TypeError: Cannot read.*\n {4}at file:.*score\.mjs:2:11\n$/);
  });

  test.each([
    ['score.mjs', "import a from 'not-installed';\n", "Cannot find package 'not-installed' imported from"],
    ['score.mts', "import { a } from './not-there.ts';\n", "Cannot find module '/"],
    ['score.ts', "import 'gone';\n", 'packages have to be in a node_modules of that folder'],
    ['score.js', "import { gone } from 'node:fs';\n", "does not provide an export named 'gone'"],
  ])('by an import in %s that is missing names it', async (file, text, message) => {
    const failed = await failing(`import-${file.replace('.', '-')}`, text + run, file);
    expect(failed).toMatchObject({ code: 'InitFailed' });
    expect(failed.message).toContain(message);
  });

  test('by a require() that is missing names it', async () => {
    const script = "const a = require('not-installed');\nexports.run = (paths) => paths;";
    expect((await failing('require', script, 'score.cjs')).message).toContain(
      "Cannot find module 'not-installed'",
    );
  });

  test.each([
    ['score.mjs', `${run}export const init = () => {\n  const a = (1;\n};`, 'SyntaxError', 3],
    ['score.cjs', 'exports.run = (a) => {\n  return a b;\n};', 'SyntaxError', 2],
    ['score.js', `${run}const = 1;`, 'SyntaxError', 2],
    ['score.ts', `${run.replace('paths)', 'paths: string[])')}const a: = 1;`, 'SyntaxError', 2],
  ])('by a syntax error in %s names file and line', async (file, script, exception, line) => {
    const failed = await failing(`syntax-${file.replace('.', '-')}`, script, file);
    expect(failed.code).toBe('InitFailed');
    expect(failed.message).toContain(exception);
    expect(failed.message).toContain(`(${file}, line ${line})`);
    expect(failed.trace).toMatch(new RegExp(`${file}:${line}\\n[^]*\\^[^]*\\n\\nSyntaxError: .*\\n$`));
  });

  test.each([
    ['enum', 'enum Kind { good, bad }', 'TypeScript enum is not supported'],
    ['namespace', 'namespace a { export const b = 1; }', 'TypeScript namespace declaration is not supported'],
    [
      'parameter',
      'class A { constructor(private readonly b: number) {} }',
      'parameter property is not supported',
    ],
    ['decorator', 'function d(_: unknown) {}\n@d class A {}', 'Invalid or unexpected token'],
  ])(
    'by TypeScript of which the types cannot just be left out, such as %s, says so',
    async (name, text, message) => {
      const failed = await failing(
        `ts-${name}`,
        `export const run = (paths: string[]) => paths;\n${text}`,
        'score.ts',
      );
      expect(failed.code).toBe('InitFailed');
      expect(failed.message).toContain(message);
      expect(failed.message).toMatch(/\(score\.ts, line [23]\)/);
    },
  );

  test('by exiting says how, and where', async () => {
    const { code, message } = await failing(
      'leaves',
      `${run}export function init() {\n  process.exit(3);\n}`,
    );
    expect(code).toBe('InitExited');
    expect(message).toContain('exit code 3');
    expect(message).toMatch(/process\.exit\(3\) was called.*score\.mjs:3/);
  });

  test.each([
    ['waiting', 'export const init = () => new Promise(() => {});'],
    ['spinning', 'export function init() { for (;;); }'],
    ['top-level', 'await new Promise(() => {});'],
  ])('by %s for ever has a limit of its own', async (how, text) => {
    const { code, message } = await failing(`hangs-${how}`, run + text);
    expect(code).toBe('InitTimedOut');
    expect(message).toContain('2 seconds');
  });

  test('because run is no function after all names the script', async () => {
    expect(await failing('no-run', 'export default { walk() {} };')).toMatchObject({
      code: 'ScriptLacksRun',
    });
  });

  test('once only is tried again', async () => {
    const marker = join(workspace().folder, 'tried');
    const script = `import { existsSync, writeFileSync } from 'node:fs';
export function init() {
  if (existsSync(${JSON.stringify(marker)})) return;
  writeFileSync(${JSON.stringify(marker)}, '');
  throw new Error('the download failed');
}
${run}`;
    await workspace().endpoint('flaky', script, { retrySettings: { maxRetries: 2 } }, 'score.mjs');
    const job = await workspace().run(await workspace().invoke('flaky', workspace().inputs(2)));
    expect(job.run.state).toBe('Completed');
    expect(existsSync(marker)).toBe(true);
  });
});

describe('a process of a script in JavaScript', () => {
  const workspace = useWorkspace({ BATCHPOINT_PYTHON: '/nowhere/python3' });

  async function rows(
    name: string,
    script: string,
    settings: object = {},
    properties: object = {},
  ): Promise<string[]> {
    await workspace().endpoint(name, script, settings, 'src/score.mjs');
    return rowsOf(await workspace().run(await workspace().invoke(name, workspace().inputs(6), properties)));
  }

  async function rowsOf(job: Job): Promise<string[]> {
    expect(job.run.error).toBeUndefined();
    return (await workspace().predictions(job)).trimEnd().split('\n');
  }

  const tellsProcess = `let count = 0;
export function init() { count++; }
export const run = () => [process.pid + ' ' + count + ' ' + process.env.COLOUR];`;

  test('calls init() once, and stays warm between claims and between jobs', async () => {
    const first = new Set(await rows('warm', tellsProcess));
    expect([...first][0]).toMatch(/^\d+ 1 undefined$/);
    const again = await rowsOf(
      await workspace().run(await workspace().invoke('warm', workspace().inputs(6))),
    );
    expect(new Set(again)).toEqual(first);
    expect(first.size).toBe(1);
  });

  test('is one of as many as there are instances, where there is work for them', async () => {
    const script = tellsProcess.replace(
      '() => [',
      "async () => [await new Promise((d) => setTimeout(d, 50, '')) + ",
    );
    expect(new Set(await rows('many', script, { resources: { instanceCount: 3 } })).size).toBe(3);
  });

  test('is not shared between variables that differ', async () => {
    const plain = await rows('varied', tellsProcess);
    const job = await workspace().invoke('varied', workspace().inputs(1), {
      environmentVariables: { COLOUR: 'blue' },
    });
    const coloured = await rowsOf(await workspace().run(job));
    expect(coloured[0]).toMatch(/ blue$/);
    expect(plain).not.toContain(coloured[0]);
  });

  test('sees an allow-list of variables, never the environment of the host', async () => {
    process.env['SECRET_OF_THE_HOST'] = 'do not tell';
    process.env['NODE_OPTIONS'] = '--no-warnings';
    const script = 'export const run = () => [Object.keys(process.env).sort().join(" ")];';
    const [names = ''] = await rows('environment', script, { environmentVariables: { MINE: '1' } });
    delete process.env['SECRET_OF_THE_HOST'];
    delete process.env['NODE_OPTIONS'];
    expect(names.split(' ')).toEqual(
      expect.arrayContaining(['AZUREML_BI_OUTPUT_PATH', 'AZUREML_MODEL_DIR', 'MINE']),
    );
    const known =
      /^(AZUREML_.*|MINE|PATH|HOME|LANG|LANGUAGE|LC_.*|TZ|TMPDIR|LD_LIBRARY_PATH|CUDA_VISIBLE_DEVICES)$/;
    expect(names.split(' ').filter((name) => !known.test(name))).toEqual([]);
  });

  test('is run by the Node of the host, with no argument of the host', async () => {
    const script = 'export const run = () => [process.execPath, process.execArgv, process.argv.length];';
    const types = process.features.typescript === false;
    const flags = types ? ['--experimental-strip-types', '--disable-warning=ExperimentalWarning'] : [];
    expect((await rows('arguments', script)).slice(0, 3)).toEqual([
      process.execPath,
      JSON.stringify(flags),
      '2',
    ]);
  });

  test('works in the code folder, and finds the model and modules beside the script there', async () => {
    const script = `import { readFileSync } from 'node:fs';
import { twice } from './twice.mjs';
import { thrice } from 'thrice';
export const run = () => [
  readFileSync('beside.txt', 'utf8') + readFileSync(process.env.AZUREML_MODEL_DIR + '/model.txt', 'utf8').trim() + twice('x') + thrice('y'),
];`;
    const name = 'folders';
    const more = {
      'beside.txt': 'in the code folder, ',
      'src/twice.mjs': 'export const twice = (text) => text + text;',
      'node_modules/thrice/package.json': '{"name": "thrice", "main": "main.js"}',
      'node_modules/thrice/main.js': 'exports.thrice = (text) => text.repeat(3);',
    };
    await workspace().endpoint(name, script, {}, 'src/score.mjs', more);
    const job = await workspace().run(await workspace().invoke(name, workspace().inputs(1)));
    expect(await rowsOf(job)).toEqual(['in the code folder, a modelxxyyy']);
  });

  test('has no environment installed for it, and the job says so once', async () => {
    const condaFile = 'dependencies: [python=2.6, {pip: [nobody-has-this==1.0]}]';
    const environment = restBodies.environmentVersion({ properties: { condaFile } });
    await workspace().services.registry.environments.register('not-for-node', '1', environment);
    const settings = { environmentId: 'azureml:not-for-node:1' };
    await workspace().endpoint('with-environment', run, settings, 'score.mjs');
    const job = await workspace().run(await workspace().invoke('with-environment', workspace().inputs(3)));
    expect(job.run.state).toBe('Completed');
    expect([...job.spec.warnings, ...job.run.warnings]).toEqual([
      "The environment 'not-for-node' is not installed: Node runs 'score.mjs', with the packages in its code folder.",
    ]);
  });

  test('lets timers of the script run between mini-batches', async () => {
    const marker = join(workspace().folder, 'ticked');
    const script = `import { existsSync, writeFileSync } from 'node:fs';
setTimeout(() => writeFileSync(${JSON.stringify(marker)}, ''), 1);
export const run = (paths) => {
  const end = performance.now() + 20;
  while (performance.now() < end);
  return [existsSync(${JSON.stringify(marker)})];
};`;
    expect((await rows('timers', script)).at(-1)).toBe('true');
    writeFileSync(marker, '');
  });
});
