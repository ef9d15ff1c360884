import { closeSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import type { ExceptionFields, Handed, HostMessage, WorkerSetup } from '../workerMessages';
import type { Control } from './control';
import { FileNameError, OutputFolder } from './outputFolder';
import { loadScorer } from './loadScorer';
import { keepLevel, printMarker } from './printing';
import { ResultError } from './results';
import { describe } from './scriptErrors';
import { ScriptWithoutRun } from './scriptScorer';
import type { Scored, WorkerScorer } from './workerScorer';

/** The scoring loop of a worker: init() once, then run() for each mini-batch that the host hands out. */
export class Scoring {
  private scorer: WorkerScorer | undefined;
  private rows = -1;
  private readonly output: OutputFolder;

  constructor(
    private readonly control: Control,
    private readonly setup: WorkerSetup,
  ) {
    this.output = new OutputFolder(setup.output);
  }

  /** Loads the script and calls init(). Answers whether the worker is ready. */
  async start(): Promise<boolean> {
    const began = performance.now();
    try {
      keepLevel(this.setup.level);
      const scorer = await loadScorer(this.setup);
      await scorer.init();
      this.scorer = scorer;
    } catch (error) {
      const kind = error instanceof ScriptWithoutRun ? 'no-run' : 'raised';
      this.control.send(['unready', kind, ...this.told(error)]);
      return false;
    }
    await this.output.forget();
    this.control.send(['ready', secondsSince(began)]);
    return true;
  }

  /** Does what the host says, in the order it says it, until the host ends this process. */
  async run(): Promise<never> {
    for (;;) {
      await this.control.arrived();
      if (this.control.takenBack()) {
        this.control.send(['dropped']);
        continue;
      }
      const message = this.control.next();
      if (message !== undefined) await this.act(message);
    }
  }

  private async act(message: HostMessage): Promise<void> {
    switch (message[0]) {
      case 'begin':
        return this.begin(message[1], message[2], message[3]);
      case 'score':
        return this.score(...handedIn(message));
      case 'end':
        return this.end(message[1]);
      case 'shutdown':
        return this.shutdown();
      default:
        return;
    }
  }

  private told(error: unknown): ExceptionFields {
    return describe(error, this.setup.whole_errors === true);
  }

  private begin(rows: string, files: string, root: string): void {
    this.scorer?.begin(root, dirname(rows));
    this.rows = openSync(rows, 'a', 0o600);
    this.output.begin(files);
  }

  private async end(marker: string): Promise<void> {
    closeSync(this.rows);
    await printMarker(marker);
    this.control.send(['ended']);
  }

  /** The host lets this process go: the script may tidy up. */
  private async shutdown(): Promise<void> {
    try {
      await this.scorer?.shutdown();
    } catch (error) {
      process.stderr.write(`shutdown() failed: ${describe(error)[2]}\n`);
    }
    this.control.send(['ended']);
  }

  /** One attempt at one mini-batch. After a failure the host says how to go on before the next is taken. */
  private async score(...[index, paths, firstRows, root]: Handed): Promise<void> {
    const { control, output, scorer } = this;
    if (scorer === undefined) return;
    const began = performance.now();
    let seconds: number;
    let result: Scored;
    let files: Record<string, number>;
    let rowBytes: number;
    try {
      result = await scorer.run(paths, firstRows, root);
      seconds = secondsSince(began);
      await output.settle();
    } catch (error) {
      await output.forget();
      control.send(['failed', index, secondsSince(began), kindOf(error), ...this.told(error)]);
      return this.hold();
    }
    try {
      files = output.take();
      rowBytes = result.writeRows(this.rows);
    } catch (error) {
      if (error instanceof FileNameError) {
        await output.forget();
        control.send(['failed', index, seconds, 'file-name', ...this.told(error)]);
        return this.hold();
      }
      control.send(['broken', describe(error).slice(0, 2).join(': ')]);
      return;
    }
    const { count, rowCount, failures } = result;
    control.send(['done', index, seconds, count, rowCount, rowBytes, failures, files]);
    if (count < paths.length) await this.hold();
  }

  /** Waits for the host's verdict: to go on, or first to try a mini-batch again. */
  private async hold(): Promise<void> {
    const verdict = await this.control.taken('go', 'again');
    if (verdict[0] === 'again') this.control.putFirst(['score', ...handedIn(verdict)]);
  }
}

function handedIn([, ...handed]: Extract<HostMessage, readonly ['score' | 'again', ...unknown[]]>): Handed {
  return handed;
}

function kindOf(error: unknown): 'result' | 'raised' {
  return error instanceof ResultError ? 'result' : 'raised';
}

function secondsSince(began: number): number {
  return (performance.now() - began) / 1000;
}
