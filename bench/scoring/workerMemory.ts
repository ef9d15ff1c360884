import { readdirSync, readFileSync } from 'node:fs';

/** How often the processes are looked at, in milliseconds: a process keeps its highest mark until it ends. */
const pause = 100;

/**
 * Follows the memory of the processes that a host starts from now on; `highest` is that of the largest of them, in
 * megabytes.
 */
export class WorkerMemory {
  highest = 0;
  private readonly before: ReadonlySet<string>;
  private readonly timer: NodeJS.Timeout;

  constructor(private readonly host: number) {
    this.before = new Set(processes());
    this.timer = setInterval(() => this.look(), pause);
  }

  close(): void {
    clearInterval(this.timer);
  }

  private look(): void {
    for (const pid of processes()) {
      const status = this.before.has(pid) ? '' : statusOf(pid);
      if (!status.includes(`\nPPid:\t${this.host}\n`)) continue;
      const kilobytes = Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0);
      this.highest = Math.max(this.highest, Math.round(kilobytes / 1024));
    }
  }
}

function processes(): string[] {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name));
}

/** What the system says of a process; nothing where it has just ended. */
function statusOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/status`, 'utf8');
  } catch {
    return '';
  }
}
