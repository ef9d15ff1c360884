import { join, relative } from 'node:path';
import type { Batchpoint } from './batchpoint';
import type { Programs } from './programs';
import type { Screen } from './screen';

/** What both parts of the demo work with. */
export interface Stage {
  readonly screen: Screen;
  readonly programs: Programs;
  readonly batchpoint: Batchpoint;
  /** The folder of the package, which the demo is run in. */
  readonly root: string;
  readonly stateFolder: string;
  /** Makes the packages of the examples ready, and answers their interpreter. */
  packages(): Promise<string>;
  /** Makes sure that a host runs. */
  host(): Promise<void>;
}

/** A path as a person in this folder would write it. */
export function shortPath(path: string): string {
  const short = relative(process.cwd(), path);
  return short.startsWith('..') ? path : short;
}

/** Runs a Python script of an example with the packages, and shows the command. */
export async function runScript(stage: Stage, python: string, script: string, folder: string): Promise<void> {
  const { programs, root, screen } = stage;
  const args = [shortPath(join(root, 'examples', script)), shortPath(folder)];
  screen.command('python', args);
  await programs.show(python, args);
}
