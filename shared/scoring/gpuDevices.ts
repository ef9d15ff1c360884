import { isFailure } from '../errors/batchpointError';
import { runCommand } from './installing/runCommand';
import { installerEnvironment } from './workerEnvironment';

const variable = 'CUDA_VISIBLE_DEVICES';

/** The GPUs that the workers of a machine share: each worker sees one of them, by its number. */
export class GpuDevices {
  private found: Promise<readonly string[]> | undefined;

  constructor(private readonly variables: NodeJS.ProcessEnv) {}

  /** The variable that shows a worker its GPU; nothing where the machine has none, or hides them. */
  async of(worker: number): Promise<Readonly<Record<string, string>>> {
    this.found ??= findDevices(this.variables);
    const devices = await this.found;
    const device = devices[worker % devices.length];
    return device === undefined ? {} : { [variable]: device };
  }
}

/** What the host itself is shown, or else what the driver lists. */
async function findDevices(variables: NodeJS.ProcessEnv): Promise<readonly string[]> {
  const shown = variables[variable];
  if (shown !== undefined) return shownDevices(shown);
  const environment = installerEnvironment(variables);
  const list = { program: 'nvidia-smi', parameters: ['-L'], environment, step: 'nvidia-smi -L' };
  try {
    return listedDevices(await runCommand(list, () => undefined));
  } catch (error) {
    // No driver, or one that finds no GPU.
    if (isFailure(error)) return [];
    throw error;
  }
}

/** The devices that `CUDA_VISIBLE_DEVICES` names. From -1 on nothing is shown. */
export function shownDevices(text: string): readonly string[] {
  const names = text.split(',').map((name) => name.trim());
  const end = names.findIndex((name) => name === '' || name === '-1' || name === 'NoDevFiles');
  return end < 0 ? names : names.slice(0, end);
}

/**
 * The devices in a list of `nvidia-smi -L`, by their ids: numbers mean another order to CUDA than to the driver. Of a GPU
 * that is cut into parts, the parts are what programs can use.
 */
export function listedDevices(list: string): readonly string[] {
  const devices: string[] = [];
  let whole: string | undefined;
  for (const line of list.split('\n')) {
    const id = /\(UUID: ([^)\s]+)\)/.exec(line)?.[1];
    if (id === undefined) continue;
    // A part stands below its GPU, and takes its place.
    if (line.trimStart().startsWith('MIG') && devices.at(-1) === whole) devices.pop();
    if (!line.trimStart().startsWith('MIG')) whole = id;
    devices.push(id);
  }
  return devices;
}
