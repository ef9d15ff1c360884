import { useWorkspace } from '../../support/useWorkspace';

describe('a script in JavaScript or TypeScript', () => {
  const workspace = useWorkspace();

  test.each([
    [
      'score.mjs',
      `import { readFileSync } from 'node:fs';
export const run = (paths) => paths.map((path) => readFileSync(path, 'utf8'));`,
    ],
    [
      'score.cjs',
      `const { readFile } = require('node:fs/promises');
module.exports = { run: (paths) => Promise.all(paths.map((path) => readFile(path, 'utf8'))) };`,
    ],
    [
      'score.js',
      `const fs = require('node:fs');
exports.run = function (paths) { return paths.map((path) => fs.readFileSync(path, 'utf8')); };`,
    ],
    [
      'score.ts',
      `import { readFile } from 'node:fs/promises';
export async function run(paths: readonly string[]): Promise<string[]> {
  const texts: string[] = [];
  for (const path of paths) texts.push(await readFile(path, 'utf8'));
  return texts;
}`,
    ],
    [
      'score.mts',
      `import { readFileSync } from 'node:fs';
class Scorer {
  run(paths: string[]): string[] { return paths.map((path) => this.read(path)); }
  private read(path: string): string { return readFileSync(path, 'utf8'); }
}
export default new Scorer();`,
    ],
  ])('is run by Node, as %s', async (file, script) => {
    const name = file.replace('.', '-');
    await workspace().endpoint(name, script, { miniBatchSize: 2 }, file);
    const job = await workspace().run(await workspace().invoke(name, workspace().inputs(5)));
    expect(job.run.error).toBeUndefined();
    expect(job.run.failures).toEqual([]);
    expect(await workspace().predictions(job)).toBe('0\n1\n2\n3\n4\n');
  });
});
