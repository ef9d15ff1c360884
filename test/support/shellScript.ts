import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { CommandLine, Finished } from './commandLine';

/** Text of a script that is put in the place of another, which has to be there, once or more. */
export type Replacement = readonly [from: string, to: string];

/** A text with replacements made; each has to find something. */
export function replaced(text: string, replacements: readonly Replacement[]): string {
  for (const [from, to] of replacements) {
    if (!text.includes(from)) throw new Error(`there is no '${from}' to replace`);
    text = text.replaceAll(from, to);
  }
  return text;
}

/**
 * Runs a script that was written for `az` by bash, which ends at the first command that fails: `az` is a shell function
 * that calls our command line.
 */
export async function runForAz(
  cli: CommandLine,
  script: string,
  environment: NodeJS.ProcessEnv,
): Promise<Finished> {
  const functions = cli.file('az.sh', 'az() { batchpoint "$@"; }\n');
  return runInBash(cli, [script], { ...environment, BASH_ENV: functions });
}

/** Runs lines by bash, which ends at the first command that fails: `batchpoint` is our command line. */
export async function runInShell(
  cli: CommandLine,
  lines: string,
  environment: NodeJS.ProcessEnv = {},
): Promise<Finished> {
  return runInBash(cli, ['-c', lines], environment);
}

async function runInBash(
  cli: CommandLine,
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<Finished> {
  const child = spawn('bash', ['-e', ...args], {
    cwd: cli.folder,
    env: {
      ...process.env,
      BATCHPOINT_STATE: cli.state,
      BATCHPOINT_IDLE_SECONDS: '30',
      ...environment,
      PATH: `${cli.installed()}:${environment['PATH'] ?? process.env['PATH'] ?? ''}`,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout, stderr };
}

/** The text of a file of a job, got by the command line. */
export async function scoreOf(cli: CommandLine, job: string): Promise<string> {
  const { readFileSync } = await import('node:fs');
  const folder = `got-${job}`;
  await cli.json(['job', 'download', '-n', job, '-p', folder]);
  const [file] = await cli.json<string[]>(['job', 'download', '-n', job, '-p', folder, '--query', '[].path']);
  return readFileSync(file ?? join(folder, 'nothing'), 'utf8');
}
