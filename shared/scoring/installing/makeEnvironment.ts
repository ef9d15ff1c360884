import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { failure } from '../../errors/batchpointError';
import { condaFolder, interpreterOf } from '../environmentFolder';
import type { ProcessRecords } from '../processRecords';
import { installerEnvironment } from '../workerEnvironment';
import { condaCreate } from './condaCreate';
import type { CondaPlan, PipPart, VenvPlan } from './environmentPlan';
import type { Installer } from './installers';
import { uvEnvironment } from './pipSettings';
import { runCommand } from './runCommand';

/** What an environment is made with. */
export interface MakeContext {
  readonly variables: NodeJS.ProcessEnv;
  readonly progress: (line: string) => void;
  readonly processes: ProcessRecords | undefined;
}

/** Runs one step of an installation. */
type Run = (
  step: string,
  program: string,
  parameters: readonly string[],
  environment?: Readonly<Record<string, string>>,
) => Promise<unknown>;

/** Makes the environment of a plan in a folder. Fails with `EnsurepipMissing`, `EnvironmentFailed`. */
export async function makeEnvironment(
  folder: string,
  plan: VenvPlan | CondaPlan,
  { variables, progress, processes }: MakeContext,
): Promise<void> {
  const environment = installerEnvironment(variables);
  const run: Run = (step, program, parameters, own = environment) =>
    runCommand({ step, program, parameters, environment: own }, progress, processes);
  if (plan.kind === 'conda') await makeWithConda(folder, plan, run, progress);
  else await makeVenv(folder, plan, run, progress, environment);
  await installByPip(folder, plan, run, environment);
}

async function makeWithConda(
  folder: string,
  { conda, channels, packages }: CondaPlan,
  run: Run,
  progress: MakeContext['progress'],
): Promise<void> {
  progress(`Making an environment with ${conda.name}`);
  const prefix = condaFolder(folder);
  await run(`${conda.name} create`, conda.path, condaCreate({ prefix, channels, packages }));
}

async function makeVenv(
  folder: string,
  { python: { executable, missing }, uv }: VenvPlan,
  run: Run,
  progress: MakeContext['progress'],
  environment: Readonly<Record<string, string>>,
): Promise<void> {
  progress(`Making a virtual environment with ${executable}`);
  if (uv !== undefined) {
    const parameters = ['venv', '--seed', '--allow-existing', '--no-project', '--python', executable, folder];
    await run('uv venv', uv.path, parameters, await uvEnvironment(executable, environment));
    return;
  }
  if (missing !== undefined) throw failure('EnsurepipMissing', { python: executable, package: missing });
  await run('venv', executable, ['-m', 'venv', folder]);
}

async function installByPip(
  folder: string,
  { pip, uv }: { readonly pip: PipPart; readonly uv: Installer | undefined },
  run: Run,
  environment: Readonly<Record<string, string>>,
): Promise<void> {
  const files = [
    ['build-requirements.txt', pip.buildLines],
    ['requirements.txt', pip.lines],
  ] as const;
  const python = interpreterOf(folder);
  for (const [name, lines] of files.filter(([, { length }]) => length > 0)) {
    const file = join(folder, name);
    await writeFile(file, `${lines.join('\n')}\n`);
    if (uv === undefined) {
      const options = ['--disable-pip-version-check', '--no-input', '--progress-bar', 'off'];
      await run('pip install', python, ['-m', 'pip', 'install', ...options, '-r', file]);
    } else {
      // Among several indexes, uv takes the first that has a package, and pip the best version of all.
      const options = ['--index-strategy', 'unsafe-best-match', '--no-progress', '--python', python];
      const own = await uvEnvironment(python, environment);
      await run(
        'uv pip install',
        uv.path,
        ['pip', 'install', ...options, ...trustedHosts(lines), '-r', file],
        own,
      );
    }
  }
}

/** Uv takes the hosts that need no certificate from its own parameters only, and not from the lines of a file. */
function trustedHosts(lines: readonly string[]): string[] {
  return lines.flatMap((line) => {
    const host = /^--trusted-host[ =]\s*(\S+)$/.exec(line)?.[1];
    return host === undefined ? [] : ['--allow-insecure-host', host];
  });
}
