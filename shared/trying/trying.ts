import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ProcessRecords } from '../scoring/processRecords';
import { readScoringSettings, type ScoringSettings } from '../scoring/scoringSettings';
import { openScratch } from '../scoring/scratch';
import { VirtualEnvironments } from '../scoring/virtualEnvironments';

/** What scores in the foreground, beside the hosts of a state folder: with the same environments, and no job. */
export class Trying {
  readonly environments: VirtualEnvironments;
  private constructor(
    readonly settings: ScoringSettings,
    /** The folder of this process for unfinished work. */
    readonly scratch: string,
    /** Everything that was started. */
    readonly processes: ProcessRecords,
    variables: NodeJS.ProcessEnv,
  ) {
    const { anyPython, installers } = settings;
    const making = { processes, anyPython, installers, variables };
    this.environments = new VirtualEnvironments(settings.environments, settings.python, making);
  }

  /** Opens it for a state folder. Fails with `SettingInvalid` and `ScratchFolderForeign`. */
  static open(stateFolder: string, environment: NodeJS.ProcessEnv): Trying {
    const settings = readScoringSettings({
      BATCHPOINT_SCRATCH: join(stateFolder, 'scratch'),
      BATCHPOINT_ENVIRONMENTS: join(stateFolder, 'environments'),
      ...environment,
    });
    const scratch = openScratch(settings.scratch);
    return new Trying(settings, scratch, new ProcessRecords(scratch), environment);
  }

  /** Ends everything that was started, installers too. */
  stop(): void {
    this.processes.killAll();
  }

  /** Ends everything, and leaves nothing but the environments. */
  async close(): Promise<void> {
    this.stop();
    await rm(this.scratch, { recursive: true, force: true });
  }
}
