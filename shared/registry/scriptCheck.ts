import { readFile } from 'node:fs/promises';
import { join, normalize } from 'node:path';
import { failure } from '../errors/batchpointError';

/** Every way in which a module can come by a name `run` at its top level. */
const definesRun =
  /^(?:async\s+def|def|class)\s+run\b|^run\s*[:=]|^from\s[^\n]*\bimport\b[^\n]*(?:\brun\b|\*)|^from\s[^\n]*\bimport\s*\([^)]*\brun\b/m;

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
  // A conditional definition is indented: it counts as well.
  if (!definesRun.test(source) && !/^\s+def\s+run\b/m.test(source)) {
    throw failure('ScriptWithoutRun', { script }, { place: { file: join(folder, path) } });
  }
}
