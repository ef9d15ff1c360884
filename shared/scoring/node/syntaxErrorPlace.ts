import { spawnSync } from 'node:child_process';

/** How long another Node may take to load the script once more. */
const milliseconds = 10_000;

/**
 * Gives a syntax error the file, line and code that it is about, where its stack does not begin with them: Node keeps
 * them to itself for ES modules, and shows them only where it ends over such an error. So another one is let end.
 */
export function tellPlace(error: SyntaxError, url: string): SyntaxError {
  const { stack = '' } = error;
  if (!/^SyntaxError\b/.test(stack)) return error;
  const { stderr } = spawnSync(
    process.execPath,
    [...process.execArgv, '--input-type=module', '-e', `await import(${JSON.stringify(url)});`],
    { encoding: 'utf8', timeout: milliseconds, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const [, place] = /^(?:file:\/\/)?(\/[^\n]*:\d+\n[\s\S]*?)\n+SyntaxError\b/m.exec(stderr ?? '') ?? [];
  if (place !== undefined) error.stack = `${place}\n\n${stack}`;
  return error;
}
