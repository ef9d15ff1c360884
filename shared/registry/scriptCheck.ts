import { readFile } from 'node:fs/promises';
import { join, normalize } from 'node:path';
import { failure } from '../errors/batchpointError';
import { runtimeOf, type Runtime } from './scriptLanguage';

/** Every way in which a module can come by a name `run` at its top level; a conditional definition is indented. */
const definesRun: Readonly<Record<Runtime, RegExp>> = {
  python:
    /^(?:async\s+def|def|class)\s+run\b|^run\s*[:=]|^from\s[^\n]*\bimport\b[^\n]*(?:\brun\b|\*)|^from\s[^\n]*\bimport\s*\([^)]*\brun\b|^\s+def\s+run\b/m,
  // Bundles have all of it in one line. What an object has that is exported as a whole shows when it is loaded.
  node: /\bexport\s+(?:async\s+)?function\s*\*?\s*run\b|\bexport\s+(?:const|let|var|class)\s[^;]*?\brun\b|\bexport\s*\{[^}]*\brun\b|\bexport\s*\*|\bexport\s+default\b|\bexports\s*(?:\.\s*run\b|\[\s*['"]run['"]\s*\])|\bmodule\s*\.\s*exports\s*=|\b(?:assign|defineProperty|defineProperties|__export|__exportStar)\s*\(/,
};

const lineComment: Readonly<Record<Runtime, RegExp>> = { python: /^\s*#.*$/gm, node: /^\s*\/\/.*$/gm };

/**
 * Checks that a scoring script is in its folder and defines `run`. What only a run can tell, such as a missing
 * module, shows when the scorer starts. Fails with `ScriptMissing` or `ScriptWithoutRun`.
 */
export async function checkScript(folder: string, script: string): Promise<void> {
  const path = normalize(script);
  if (path.startsWith('..') || path.startsWith('/')) throw failure('ScriptMissing', { script, folder });
  let source: string;
  try {
    source = await readFile(join(folder, path), 'utf8');
  } catch (error) {
    throw failure('ScriptMissing', { script, folder }, { cause: error });
  }
  const runtime = runtimeOf(script);
  if (!definesRun[runtime].test(source.replace(lineComment[runtime], ''))) {
    throw failure('ScriptWithoutRun', { script }, { place: { file: join(folder, path) } });
  }
}
