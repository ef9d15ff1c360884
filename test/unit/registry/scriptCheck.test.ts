import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkScript } from '../../../shared/registry/scriptCheck';

describe('a scoring script', () => {
  const folder = mkdtempSync(join(tmpdir(), 'batchpoint-script-'));

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  function check(source: string, script = 'score.py'): Promise<void> {
    writeFileSync(join(folder, script), source);
    return checkScript(folder, script);
  }

  test.each([
    'def run(mini_batch):\n    return []',
    'async def run(mini_batch):\n    return []',
    'run = make_run()',
    'run: Callable = make_run()',
    'from scorer import run',
    'from scorer import init, run as run',
    'from scorer import (\n    init,\n    run,\n)',
    'from scorer import *',
    'class run:\n    pass',
    'if True:\n    def run(mini_batch):\n        return []',
  ])('that comes by run as in %j is taken', async (source) => {
    await expect(check(source)).resolves.toBeUndefined();
  });

  test.each(['', 'def init():\n    pass', '# def run(mini_batch)', 'def running(x):\n    pass', 'rerun = 1'])(
    'without run, such as %j, is refused',
    async (source) => {
      await expect(check(source)).rejects.toMatchObject({ code: 'ScriptWithoutRun' });
    },
  );

  test.each([
    ['score.mjs', 'export function run(paths) {}'],
    ['score.mjs', 'export async function run(paths) {}'],
    ['score.mjs', 'export const init = 1, run = 2;'],
    ['score.mjs', 'export const { init, run } = make();'],
    ['score.mjs', 'function a() {}\nexport { a as run };'],
    ['score.mjs', 'export {\n  init,\n  run,\n} from "./scorer.mjs";'],
    ['score.mjs', 'export * from "./scorer.mjs";'],
    ['score.mjs', 'export default { run() {} };'],
    ['score.mjs', 'var a=1;export{b as run};'],
    ['score.js', 'exports.run = (paths) => paths;'],
    ['score.cjs', 'module.exports = { run };'],
    ['score.cjs', 'module.exports.run = run;'],
    ['score.cjs', 'exports["run"] = run;'],
    ['score.cjs', 'Object.defineProperty(exports, "run", {});'],
    ['score.cjs', '__exportStar(require("./scorer"), exports);'],
    ['score.ts', 'export const run: Run = (paths) => paths;'],
    ['score.mts', 'export async function run(paths: string[]): Promise<string[]> { return paths; }'],
    ['score.cts', 'export = { run };\nmodule.exports = { run };'],
  ])('in %s that exports run as in %j is taken', async (script, source) => {
    await expect(check(source, script)).resolves.toBeUndefined();
  });

  test.each([
    ['score.mjs', ''],
    ['score.mjs', 'function run() {}'],
    ['score.mjs', 'export function init() {}'],
    ['score.mjs', '// export function run() {}'],
    ['score.ts', 'export const running = 1;'],
    ['score.cjs', 'exports.init = 1;'],
    ['score.js', 'def run(mini_batch):\n    return []'],
  ])('in %s that exports no run, such as %j, is refused', async (script, source) => {
    await expect(check(source, script)).rejects.toMatchObject({ code: 'ScriptWithoutRun' });
  });

  test.each(['missing.py', 'missing.mjs', '../score.py', '/etc/passwd'])(
    '%s is not in its folder',
    async (script) => {
      await expect(checkScript(folder, script)).rejects.toMatchObject({ code: 'ScriptMissing' });
    },
  );
});
