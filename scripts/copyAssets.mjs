// Copies what the compiler leaves out, next to the compiled modules that load it.
import { chmodSync, cpSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const assets = globSync('{shared,studio,cli,local}/**/*.{py,css,html}');
for (const file of assets) cpSync(file, join('dist', file));

// The command line can be called by its path; an installation makes it so by itself.
chmodSync(join('dist', 'cli', 'main.js'), 0o755);

// The types that authors of scoring scripts use, as the package exports them.
const authoring = join('shared', 'scoring', 'authoring', 'index');
const types = ts.transpileDeclaration(readFileSync(`${authoring}.ts`, 'utf8'), {
  compilerOptions: { isolatedDeclarations: true, declaration: true },
  reportDiagnostics: true,
});
if (types.diagnostics?.length)
  throw new Error(ts.formatDiagnostics(types.diagnostics, ts.createCompilerHost({})));
writeFileSync(join('dist', `${authoring}.d.ts`), types.outputText);
