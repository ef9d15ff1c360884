import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkScript } from '../../../shared/registry/scriptCheck';

describe('a scoring script', () => {
  const folder = mkdtempSync(join(tmpdir(), 'batchpoint-script-'));

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  function check(source: string): Promise<void> {
    writeFileSync(join(folder, 'score.py'), source);
    return checkScript(folder, 'score.py');
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

  test.each(['missing.py', '../score.py', '/etc/passwd'])('%s is not in its folder', async (script) => {
    await expect(checkScript(folder, script)).rejects.toMatchObject({ code: 'ScriptMissing' });
  });
});
