import { rm } from 'node:fs/promises';
import { abandonedScratch, clearScratch } from '../scoring/scratch';
import type { VirtualEnvironments } from '../scoring/virtualEnvironments';
import { bytesOfFolder } from './collectEnvironments';

/** Where this machine keeps unfinished work. */
export interface MachineContext {
  readonly scratch: string;
  readonly environments: Pick<VirtualEnvironments, 'abandoned'>;
}

/** Something that a process of this machine has left that is gone. */
interface MachineLeftover {
  readonly name: string;
  readonly bytes: number;
}

/** Removes what processes of this machine that are gone have left; in a dry run it is only told. */
export async function clearMachine(
  { scratch, environments }: MachineContext,
  dryRun: boolean,
): Promise<MachineLeftover[]> {
  const found: MachineLeftover[] = [];
  for (const folder of abandonedScratch(scratch)) {
    found.push({ name: 'unfinished work of a process', bytes: await bytesOfFolder(folder) });
    if (!dryRun) clearScratch(scratch, folder);
  }
  for (const folder of await environments.abandoned()) {
    found.push({ name: 'unfinished environment', bytes: await bytesOfFolder(folder) });
    if (!dryRun) await rm(folder, { recursive: true, force: true });
  }
  return found;
}
