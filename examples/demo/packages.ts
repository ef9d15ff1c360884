import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { duration } from '../../cli/output/durations';
import { readCondaFile } from '../../shared/registry/condaFile';
import type { PythonRequirements } from '../../shared/registry/pythonRequirements';
import { ProcessRecords } from '../../shared/scoring/processRecords';
import { openScratch } from '../../shared/scoring/scratch';
import { VirtualEnvironments } from '../../shared/scoring/virtualEnvironments';
import type { Interruption } from './interruption';
import type { Screen } from './screen';
import { shortPath } from './stage';

/** Where the packages come from, and where they go. */
interface PackagesPlan {
  readonly condaFile: string;
  readonly stateFolder: string;
  /** The command of the interpreter that environments are made with. */
  readonly python: string;
}

/**
 * The interpreter of an environment with the packages of a conda file. It is the one that a host of this state folder
 * makes for a deployment with the same definition, so training and scoring share it.
 */
export async function installPackages(
  { condaFile, stateFolder, python }: PackagesPlan,
  screen: Screen,
  interruption: Interruption,
): Promise<string> {
  const requirements = readCondaFile(readFileSync(condaFile, 'utf8'), condaFile);
  const processes = new ProcessRecords(openScratch(join(stateFolder, 'demo', 'scratch')));
  const environments = new VirtualEnvironments(join(stateFolder, 'environments'), python, { processes });
  // Installers are in a process group of their own, which a terminal does not tell of Ctrl-C.
  const end = (): void => processes.killAll();
  interruption.signal.addEventListener('abort', end);
  try {
    return await install(environments, requirements, screen);
  } finally {
    interruption.signal.removeEventListener('abort', end);
    interruption.check();
  }
}

async function install(
  environments: VirtualEnvironments,
  requirements: PythonRequirements,
  screen: Screen,
): Promise<string> {
  const began = performance.now();
  const seconds = (): string => duration((performance.now() - began) / 1000);
  const plan = await environments.plan(requirements);
  screen.line(`  ${requirements.lines.join(', ')}`);
  if (plan.kind !== 'conda') screen.line(`  for Python ${plan.python.version} (${plan.python.executable})`);
  let last: string | undefined;
  const tell = (): void => {
    if (last !== undefined) screen.waiting(`${seconds()}: ${last}`);
  };
  const clock = setInterval(tell, 1000);
  try {
    const interpreter = await environments.python(requirements, (line) => {
      // pip names the requirements file at the end of a line: a path that nobody asked for.
      last = line.replace(/ \(from .*$/, '');
      tell();
    });
    screen.line(last === undefined ? '  They are there already.' : `  Installed in ${seconds()}.`);
    screen.line(`  From here on python is ${shortPath(interpreter)}`);
    return interpreter;
  } finally {
    clearInterval(clock);
  }
}
