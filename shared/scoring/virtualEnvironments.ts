import { rm } from 'node:fs/promises';
import { failure, isFailure } from '../errors/batchpointError';
import { systemErrorCode, systemErrorReason } from '../errors/systemError';
import type { PythonRequirements } from '../registry/pythonRequirements';
import { EnvironmentFolder, interpreterOf } from './environmentFolder';
import { planEnvironment, type EnvironmentPlan } from './installing/environmentPlan';
import { findInstallers, type InstallerName } from './installing/installers';
import { MachinePythons } from './installing/machinePythons';
import { makeEnvironment } from './installing/makeEnvironment';
import type { ProcessRecords } from './processRecords';

/** Tells how an installation goes on, line by line. */
export type InstallProgress = (line: string) => void;

/** What is asked of an environment: its definition, and whether another Python than the one it names will do. */
export type WantedEnvironment = PythonRequirements & { readonly anyPython?: boolean };

/** How environments are made on a machine. */
export interface EnvironmentOptions {
  /** Records the installers that run. */
  readonly processes?: ProcessRecords;
  /** Whether another Python than the one that is asked for will do, for all environments. */
  readonly anyPython?: boolean;
  /** The installers that may be used; all, where nothing is said. */
  readonly installers?: readonly InstallerName[] | undefined;
  /** Variables of the machine; those of this process, where nothing is said. */
  readonly variables?: NodeJS.ProcessEnv;
}

/** A plan by which something is made. */
type MadePlan = Exclude<EnvironmentPlan, { kind: 'plain' }>;

/** An environment that is there or in the making, and who is told how that goes on. */
interface Making {
  readonly python: Promise<string>;
  /** Absent once it is there. */
  listeners?: Set<InstallProgress>;
  /** What names it on this machine, where it is one that was made; known once it is there. */
  key?: string;
  /** When it was asked for last, in milliseconds. */
  usedAt: number;
}

/** So often, in milliseconds, it is noted that an environment goes on being used. */
const noteEvery = 60_000;

/**
 * The environments of a machine, one for each definition, made once and shared. An attempt installs into a folder of its
 * own; only when it is done does a record name it, which just the first attempt gets to write. So nothing that is
 * half made is ever used, and a kill leaves no more than folders that the next attempt clears away.
 */
export class VirtualEnvironments {
  private readonly makings = new Map<string, Making>();
  private readonly folder: EnvironmentFolder;
  private readonly pythons: MachinePythons;
  private readonly variables: NodeJS.ProcessEnv;

  constructor(
    folder: string,
    /** The command of the interpreter to prefer, and to use where nothing is to be installed. */
    command: string,
    private readonly options: EnvironmentOptions = {},
  ) {
    this.folder = new EnvironmentFolder(folder);
    this.variables = options.variables ?? process.env;
    this.pythons = new MachinePythons(command, this.variables);
  }

  /**
   * How the environment is made on this machine, and where that differs from what is asked for. Fails with
   * `PythonMissing`, `PythonTooOld`, `PythonVersionMissing`.
   */
  async plan(wanted: WantedEnvironment | undefined): Promise<EnvironmentPlan> {
    const { variables, pythons } = this;
    const installers = await findInstallers(variables, this.options.installers);
    const anyPython = wanted?.anyPython === true || this.options.anyPython === true;
    return planEnvironment(wanted, { variables, pythons, installers, anyPython });
  }

  /** Whether the environment that a plan makes is there already. Nothing is noted: to look is not to use. */
  isMade(plan: MadePlan): Promise<boolean> {
    return this.folder.has(plan.key);
  }

  /**
   * The interpreter of the environment with these packages. Callers for the same definition share one attempt.
   * Fails as `plan`, and with `EnsurepipMissing`, `EnvironmentFailed`.
   */
  python(wanted: WantedEnvironment | undefined, progress: InstallProgress): Promise<string> {
    const definition = JSON.stringify(wanted ?? {});
    const making = this.makings.get(definition) ?? this.begin(definition, wanted);
    this.touch(making);
    making.listeners?.add(progress);
    return making.python;
  }

  /** What installations and removals that were killed have left. */
  abandoned(): Promise<string[]> {
    return this.folder.abandoned();
  }

  /** Environments that were made, and that nobody on this machine has used since a time. */
  unused(before: Date): Promise<{ readonly key: string; readonly folder: string }[]> {
    return this.folder.unused(before);
  }

  /**
   * Removes an environment that nobody uses any more; `isBusy` says whether a worker of this process runs in a folder.
   * Says whether it is gone: while anything is installed here, or where it was given to somebody, it stays.
   */
  async remove(
    { key, folder }: { readonly key: string; readonly folder: string },
    before: Date,
    isBusy: (folder: string) => boolean,
  ): Promise<boolean> {
    const makings = [...this.makings.values()];
    if (makings.some(({ listeners }) => listeners !== undefined) || isBusy(folder)) return false;
    if (makings.some((making) => making.key === key && making.usedAt > before.getTime())) return false;
    // From here to the next pause nobody here can be given it: whoever asks looks for it anew, and notes that first.
    for (const [definition, making] of this.makings) if (making.key === key) this.makings.delete(definition);
    this.folder.leave(key);
    return this.folder.remove(key, folder);
  }

  private touch(making: Making): void {
    const isDue = Date.now() - making.usedAt > noteEvery;
    making.usedAt = Date.now();
    if (isDue && making.key !== undefined) this.folder.touch(making.key);
  }

  private begin(definition: string, wanted: WantedEnvironment | undefined): Making {
    const listeners = new Set<InstallProgress>();
    const making: Making = {
      python: this.provide(wanted, {
        progress: (line) => {
          for (const tell of listeners) tell(line);
        },
        named: (key) => (making.key = key),
      }),
      listeners,
      usedAt: Date.now(),
    };
    const { python } = making;
    this.makings.set(definition, making);
    python.then(
      () => delete making.listeners,
      () => this.makings.delete(definition),
    );
    return making;
  }

  private async provide(
    wanted: WantedEnvironment | undefined,
    { progress, named }: { readonly progress: InstallProgress; readonly named: (key: string) => void },
  ): Promise<string> {
    const plan = await this.plan(wanted);
    if (plan.kind === 'plain') return plan.python.executable;
    named(plan.key);
    try {
      const folder = await this.folder.ready(plan.key);
      return folder === undefined ? await this.make(plan, progress) : interpreterOf(folder);
    } catch (error) {
      // A disk that is full, a folder that may not be written.
      if (isFailure(error) || systemErrorCode(error) === undefined) throw error;
      const lines = systemErrorReason(error);
      throw failure('EnvironmentFailed', { step: 'writing its files', lines }, { cause: error });
    }
  }

  private async make(plan: MadePlan, progress: InstallProgress): Promise<string> {
    await this.folder.clearAbandoned();
    const attempt = await this.folder.attempt(plan.key);
    let winner: string | undefined;
    try {
      const { processes } = this.options;
      await makeEnvironment(attempt, plan, { variables: this.variables, progress, processes });
      winner = await this.folder.publish(plan.key, attempt);
    } finally {
      if (winner !== attempt) await rm(attempt, { recursive: true, force: true });
    }
    return interpreterOf(winner);
  }
}
