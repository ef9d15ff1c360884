import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../../..');

test.each(['shared/schemas/rest', 'shared/schemas/answers', 'shared/schemas/files'])(
  'the types of %s are those of its schemas',
  (folder) => {
    const code = `import { generate } from './scripts/generateSchemaTypes.mjs'; process.stdout.write(await generate('${folder}'));`;
    const generated = execFileSync(process.execPath, ['--input-type=module', '-e', code], {
      cwd: root,
      encoding: 'utf8',
    });
    expect(readFileSync(join(root, folder, 'generated.ts'), 'utf8')).toBe(generated);
  },
);
