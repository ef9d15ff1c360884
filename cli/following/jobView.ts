import { queueText } from '../../shared/places/queueText';
import type { AnsweredJob } from '../client/resources';
import { Pace } from '../output/pace';
import { ProgressBar } from '../output/progressBar';
import type { Terminal } from '../output/terminal';
import { barText, progressText, shareDone } from './progressText';

/** How a job that is followed is shown. */
export interface JobView {
  /** Shows lines that stay. */
  lines(lines: readonly string[]): void;
  /** Shows how far the job is. */
  progress(job: AnsweredJob, installing: string | null): void;
  warn(text: string): void;
  /** Leaves the terminal as a command leaves it. */
  end(): void;
}

/** The view for a person at a terminal, or that for a file or another program. */
export function jobView(terminal: Terminal): JobView {
  return terminal.isInteractive ? new LiveView(terminal) : new PlainView(terminal);
}

/** Lines above, and a progress bar below them that is drawn again. */
class LiveView implements JobView {
  private readonly bar: ProgressBar;
  private text = '';

  constructor(private readonly terminal: Terminal) {
    this.bar = new ProgressBar(terminal);
  }

  lines(lines: readonly string[]): void {
    if (lines.length === 0) return;
    this.aside(() => this.terminal.print(`${lines.join('\n')}\n`));
  }

  progress(job: AnsweredJob, installing: string | null): void {
    this.text = barText(job, installing, new Date(), this.terminal.width);
    this.bar.draw(this.text);
  }

  warn(text: string): void {
    this.aside(() => this.terminal.warn(text));
  }

  end(): void {
    this.bar.erase();
    this.text = '';
  }

  private aside(write: () => void): void {
    this.bar.erase();
    write();
    if (this.text !== '') this.bar.draw(this.text);
  }
}

/** Plain lines; progress now and then. */
class PlainView implements JobView {
  private readonly pace = new Pace(() => performance.now());
  private waitsFor = '';
  private readonly installerPace = new Pace(() => performance.now());

  constructor(private readonly terminal: Terminal) {}

  lines(lines: readonly string[]): void {
    if (lines.length > 0) this.terminal.print(`${lines.join('\n')}\n`);
  }

  progress(job: AnsweredJob, installing: string | null): void {
    const share = shareDone(job);
    const { progress, queue } = job.properties;
    const waitsFor = queue === undefined ? '' : queueText(queue);
    if (waitsFor !== this.waitsFor && waitsFor !== '') this.terminal.print(`Queued: ${waitsFor}\n`);
    this.waitsFor = waitsFor;
    if (progress.miniBatches > 0 && progress.miniBatchesDone > 0) {
      if (this.pace.isDue(share)) this.terminal.print(`Progress: ${progressText(job, new Date())}\n`);
    } else if (installing !== null && this.installerPace.isDue(0)) {
      this.terminal.print(`Installing the environment: ${installing}\n`);
    }
  }

  warn(text: string): void {
    this.terminal.warn(text);
  }

  end(): void {
    // Its lines stay as they are.
  }
}
