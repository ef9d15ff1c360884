import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../cli/host/hostProcess';
import { makeStateFolder, stateFolderOf } from '../../cli/host/stateFolder';
import { exitCodes } from '../../cli/output/exitCodes';
import { isFailure } from '../../shared/errors/batchpointError';
import { Batchpoint } from './batchpoint';
import { diabetes } from './diabetes';
import { digits } from './digits';
import { startHost, type DemoHost } from './host';
import { Interrupted, Interruption } from './interruption';
import { installPackages } from './packages';
import { play } from './part';
import { ProgramFailed, Programs } from './programs';
import { Screen } from './screen';
import { shortPath, type Stage } from './stage';

/** Shows the product on this machine: two examples, each from its data to the quality of its predictions. */
async function demo(screen: Screen): Promise<void> {
  const interruption = new Interruption();
  const stateFolder = makeStateFolder(stateFolderOf(process.env, process.cwd()));
  mkdirSync(join(stateFolder, 'demo'), { recursive: true });
  const { BATCHPOINT_HOST: _elsewhere, ...rest } = process.env;
  const environment = { ...rest, BATCHPOINT_STATE: stateFolder };
  const programs = new Programs(environment, interruption);
  const program = join(packageRoot, 'dist', 'cli', 'main.js');
  const python = process.env['BATCHPOINT_PYTHON'] || 'python3';
  const condaFile = join(packageRoot, 'examples', 'conda.yml');
  let host: DemoHost | undefined;
  let interpreter: string | undefined;
  const stage: Stage = {
    screen,
    programs,
    batchpoint: new Batchpoint(program, environment, programs, screen),
    root: packageRoot,
    stateFolder,
    packages: async () => {
      if (interpreter !== undefined) screen.line('  The same as above: one definition, one environment.');
      interpreter ??= await installPackages({ condaFile, stateFolder, python }, screen, interruption);
      return interpreter;
    },
    host: async () => {
      if (host !== undefined) return screen.line(`  It still serves at ${host.url}.`);
      host = await startHost({ stateFolder, program, environment }, screen, interruption);
    },
  };
  screen.line(`Everything that this demo makes lies in ${shortPath(stateFolder)}.`);
  screen.line(
    'Lines that start with $ are commands that you can type yourself, with npx in front of batchpoint.',
  );
  try {
    await play(stage, digits);
    await play(stage, diabetes);
  } finally {
    await host?.end();
  }
}

/** Says what went wrong, and answers the exit code. */
function report(screen: Screen, error: unknown): number {
  if (error instanceof Interrupted) {
    screen.line('\nInterrupted. Nothing of the demo runs any more; what it made is used by its next run.');
    return exitCodes.interrupted;
  }
  screen.write('');
  if (isFailure(error)) process.stderr.write(`\nERROR: (${error.code}) ${error.message}\n`);
  else if (error instanceof ProgramFailed) process.stderr.write(`\nERROR: ${error.message}\n`);
  else process.stderr.write(`\nERROR: ${error instanceof Error ? (error.stack ?? '') : String(error)}\n`);
  if (isFailure(error, 'EnvironmentFailed')) {
    process.stderr.write(
      'Packages come from the Python package index: this machine has to reach it, or PIP_INDEX_URL has to name another.\n',
    );
  }
  return exitCodes.failed;
}

const screen = new Screen(process.stdout, process.env);
void demo(screen).then(
  () => process.exit(0),
  (error: unknown) => process.exit(report(screen, error)),
);
