/** A script for Node that gives the content of each file, and fails where the job is told to. */
export const nodeEcho = `
import { readFileSync } from 'node:fs';
export function run(paths) {
  const texts = paths.map((path) => readFileSync(path, 'utf8'));
  if (process.env.FAIL === 'yes' && texts.some((text) => Number(text) % 4 === 3)) throw new Error('an odd one');
  return texts;
}
`;
