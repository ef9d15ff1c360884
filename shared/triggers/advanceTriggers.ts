import type { Stored } from '../registry/namedResources';
import type { Trigger } from './trigger';
import type { TriggerJobContext } from './triggerFaults';
import { triggerKey } from './triggerKeys';
import { TriggerPass, type Advancing } from './triggerPass';
import { allWork } from './triggerWork';
import type { OpenWindow } from './windows';

/** Makes the jobs that triggers are to make, for whatever waits. Done by several at once, each job is made once. */
export class TriggerAdvance {
  /** Triggers that this process is at, and whether something came meanwhile. */
  private readonly running = new Map<string, { again: boolean }>();
  /** Windows that were open when they were last looked at, less the files that this process has noted since. */
  private readonly windows = new Map<string, OpenWindow>();

  constructor(private readonly context: TriggerJobContext) {}

  /** Takes every trigger further that has something to do. */
  async advanceAll(advancing: Advancing): Promise<void> {
    const until = performance.now() + advancing.milliseconds;
    const all: { readonly key: string; readonly name: string }[] = [];
    for await (const { row, value } of allWork(this.context.tables)) all.push({ key: row, name: value.name });
    await Promise.all(all.map(({ key, name }) => this.run(key, name, advancing, until)));
  }

  /**
   * Takes triggers further for which a file was just noted. Whoever comes while another call is at one leaves it to that;
   * and a window that lacks files is left alone until its time is over.
   */
  async advance(triggers: readonly Stored<Trigger>[], advancing: Advancing): Promise<void> {
    const until = performance.now() + advancing.milliseconds;
    await Promise.all(
      triggers.map(async (trigger) => {
        const key = triggerKey(trigger);
        if (!this.isFilling(key)) await this.run(key, trigger.name, advancing, until);
      }),
    );
  }

  /** Counts a file that was noted; whether its window still lacks others. */
  private isFilling(key: string): boolean {
    const window = this.windows.get(key);
    if (window === undefined) return false;
    const missing = window.missing - 1;
    this.windows.set(key, { ...window, missing });
    return missing > 0 && this.context.now().getTime() < window.until;
  }

  private async run(key: string, name: string, advancing: Advancing, until: number): Promise<void> {
    const present = this.running.get(key);
    if (present !== undefined) {
      present.again = true;
      return;
    }
    const mine = { again: true };
    this.running.set(key, mine);
    try {
      while (mine.again && performance.now() < until) {
        mine.again = false;
        const { more, window } = await new TriggerPass(this.context, key, advancing, until).take(name);
        if (more) mine.again = true;
        if (window === undefined) this.windows.delete(key);
        else this.windows.set(key, window);
      }
    } catch (error) {
      advancing.report(name, error);
    } finally {
      this.running.delete(key);
    }
  }
}
