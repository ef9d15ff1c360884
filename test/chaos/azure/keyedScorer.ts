import { existsSync, readFileSync } from 'node:fs';
import type { Files, InputFile } from '../checker/evidence';
import type { TryLine } from '../checker/evidence';

/**
 * The scoring script of these jobs: one row for each file, with the key that is in it. It notes each `run()` in a file
 * beside the engine. A mini-batch with a key that ends in 7 fails each time; with 3, the first try of each process.
 */
export const keyedScript = `
const { appendFileSync, readFileSync } = require('node:fs');
const seen = new Set();
exports.run = async (files) => {
  const keys = files.map((file) => readFileSync(file, 'utf8'));
  const at = Number(process.hrtime.bigint() / 1_000n) / 1_000;
  appendFileSync(process.env.TRIES, JSON.stringify({ at, pid: process.pid, first: keys[0] }) + '\\n');
  await new Promise((resolve) => setTimeout(resolve, Number(process.env.PAUSE)));
  if (keys.some((key) => key.endsWith('7'))) throw new Error('fails on purpose');
  if (keys.some((key) => key.endsWith('3')) && !seen.has(keys[0])) {
    seen.add(keys[0]);
    throw new Error('fails at the first try');
  }
  return keys.map((key) => 'row ' + key);
};
`;

/** The tries that a mini-batch has: those with a key that ends in 3 need two. */
export const keyedTries = 2;

/** Files of a mini-batch. */
export const miniBatchSize = 2;

/** The settings of a deployment of the script, which notes each \`run()\` in a file. */
export function keyedDeployment(triesFile: string): object {
  return {
    miniBatchSize,
    resources: { instanceCount: 2 },
    retrySettings: { maxRetries: keyedTries, timeout: 'PT30S' },
    environmentVariables: { TRIES: triesFile, PAUSE: '3' },
  };
}

/** The name of an input file of a job, and what is in it. */
export function keyedInput(job: string, count: number): InputFile[] {
  return Array.from({ length: count }, (_, i) => ({
    name: `f${String(i).padStart(6, '0')}.txt`,
    keys: [`${job}:${i}`],
  }));
}

/** The files that fail, as they are in a mini-batch with one that does. */
export function mustFail(input: readonly InputFile[], miniBatchSize: number): ReadonlySet<string> {
  return new Set(
    miniBatches(input, miniBatchSize)
      .filter((files) => files.some(({ keys }) => keys.some((key) => key.endsWith('7'))))
      .flatMap((files) => files.map(({ name }) => name)),
  );
}

/** What a plain loop writes, where these files fail. */
export function keyedLoop(input: readonly InputFile[]): (failed: ReadonlySet<string>) => Files {
  return (failed) => {
    const rows = input.filter(({ name }) => !failed.has(name)).flatMap(({ keys }) => keys);
    return new Map([['predictions.csv', Buffer.from(rows.map((key) => `row ${key}\n`).join(''))]]);
  };
}

/** The keys of the rows of an output. */
export function keysOf(_name: string, content: Buffer): readonly string[] {
  const lines = content.toString().split('\n');
  return lines.filter((line) => line !== '').map((line) => line.replace(/^row /, ''));
}

/** The tries that the script has noted of the mini-batches of a job. */
export function triesOf(path: string, job: string, input: readonly InputFile[]): TryLine[] {
  if (!existsSync(path)) return [];
  const names = new Map(input.map(({ name, keys: [key = ''] }) => [key, name]));
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line.includes(`"${job}:`))
    .map((line) => JSON.parse(line) as TryLine)
    .map((line) => ({ ...line, first: names.get(line.first) ?? line.first }));
}

function miniBatches<T>(list: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, i) =>
    list.slice(i * size, (i + 1) * size),
  );
}
