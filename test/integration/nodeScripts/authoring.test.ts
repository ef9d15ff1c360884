import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../../support/commandLine';
import { useWorkspace } from '../../support/useWorkspace';

describe('the types of batchpoint/scoring, in a project that has the package linked', () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'batchpoint-authors-'));
    mkdirSync(join(folder, 'node_modules', '@types'), { recursive: true });
    symlinkSync(packageRoot, join(folder, 'node_modules', 'batchpoint'));
    symlinkSync(join(packageRoot, 'node_modules/@types/node'), join(folder, 'node_modules/@types/node'));
    const compilerOptions = {
      target: 'es2023',
      module: 'nodenext',
      strict: true,
      noEmit: true,
      erasableSyntaxOnly: true,
      skipLibCheck: true,
      types: ['node'],
    };
    writeFileSync(join(folder, 'package.json'), '{"type": "module"}');
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.ts'] }));
  });

  afterEach(() => rmSync(join(folder, 'score.ts')));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** What the compiler says of a script. */
  function compiled(script?: string): string {
    if (script === undefined)
      cpSync(join(packageRoot, 'examples/reviews/code/score.ts'), join(folder, 'score.ts'));
    else writeFileSync(join(folder, 'score.ts'), script);
    try {
      const compiler = join(packageRoot, 'node_modules/typescript/bin/tsc');
      return execFileSync(process.execPath, [compiler, '-p', folder], { encoding: 'utf8' });
    } catch (error) {
      return (error as { stdout: string }).stdout;
    }
  }

  const head = `import { outputFolder, type Init, type Run, type ScoringScript, type Shutdown } from 'batchpoint/scoring';\n`;

  test('fit the example', () => {
    expect(compiled()).toBe('');
  });

  test('fit every kind of result, with and without a promise', () => {
    const script = `${head}
interface Row { file: string; score: number; at: Date }
const row: Row = { file: outputFolder(), score: 1, at: new Date() };
export const init: Init = () => {};
export const run: Run = (paths) => paths.map(() => row);
export const later: Run = async (paths: string[]) => [1, 'a', null, 2n, true, [1, [2]], { a: { b: 1 } }, ...paths];
export const numbers: Run = () => new Float32Array(3);
export const shutdown: Shutdown = async () => {};
export default { init, async run(paths) { return paths; } } satisfies ScoringScript;`;
    expect(compiled(script)).toBe('');
  });

  test.each([
    [
      'a result that is no array',
      'export const run: Run = () => "abc";',
      "Type 'string' is not assignable to type 'Predictions | Promise<Predictions>'",
    ],
    ['no result', 'export const run: Run = () => {};', "Type 'void' is not assignable"],
    [
      'promises that nobody awaits',
      'export const run: Run = (paths) => paths.map(async (path) => path);',
      "Type 'Promise<string>' is not assignable to type 'Prediction'",
    ],
    [
      'other parameters',
      'export const run: Run = (paths: number[]) => paths;',
      "Type 'string' is not assignable to type 'number'",
    ],
    [
      'a script without run',
      'export default { init() {} } satisfies ScoringScript;',
      "Property 'run' is missing",
    ],
  ])('refuse %s', (_what, script, message) => {
    expect(compiled(head + script)).toContain(message);
  });
});

describe('what batchpoint/scoring offers to a script that runs', () => {
  const workspace = useWorkspace();

  test.each([
    [
      'score.ts',
      `import { modelFolder, outputFolder, type Run } from 'batchpoint/scoring';
export const run: Run = () => [modelFolder() === process.env.AZUREML_MODEL_DIR, outputFolder() === process.env.AZUREML_BI_OUTPUT_PATH];`,
    ],
    [
      'score.cjs',
      `const { modelFolder, outputFolder } = require('batchpoint/scoring');
exports.run = () => [modelFolder() === process.env.AZUREML_MODEL_DIR, outputFolder() === process.env.AZUREML_BI_OUTPUT_PATH];`,
    ],
    [
      'score.mts',
      `import { type Run } from 'batchpoint/scoring';
export const run: Run = () => [true, true];`,
    ],
  ])('is found by %s, although it is not installed there', async (file, script) => {
    const name = `offers-${file.replace('.', '-')}`;
    await workspace().endpoint(name, script, {}, file);
    const job = await workspace().run(await workspace().invoke(name, workspace().inputs(1)));
    expect(job.run.error).toBeUndefined();
    expect(await workspace().predictions(job)).toBe('true\ntrue\n');
  });
});
