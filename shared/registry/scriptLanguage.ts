/** What a scoring process is run by. */
export type Runtime = 'python' | 'node';

/** The runtime of a scoring script, by its extension: JavaScript and TypeScript run in Node, all others in Python. */
export function runtimeOf(script: string): Runtime {
  return /\.[cm]?[jt]s$/.test(script) ? 'node' : 'python';
}
