// Copies what the compiler leaves out, next to the compiled modules that load it.
import { chmodSync, cpSync, globSync } from 'node:fs';
import { join } from 'node:path';

const assets = globSync('{shared,studio,cli,local}/**/*.{py,css,html}');
for (const file of assets) cpSync(file, join('dist', file));

// The command line can be called by its path; an installation makes it so by itself.
chmodSync(join('dist', 'cli', 'main.js'), 0o755);
