import { setTimeout as pause } from 'node:timers/promises';
import { plannedJob } from '../jobs/plannedJob';
import type { Scenario } from '../scenario';
import { Random } from '../seeds';
import type { ChaosHost } from './chaosHost';
import type { RunningJob } from './runJob';
import { runJobs } from './runJobs';
import type { SharedHost } from './sharedHost';
import { workersOf } from './workers';

/** When a worker is killed. */
interface WorkerKill {
  /** After so many tries of the job; a worker that is still starting where it is nothing. */
  readonly afterTries: number;
  /** Milliseconds after that. */
  readonly delay: number;
}

const lookEvery = 2;

/** Workers are killed: while they start, in `run()`, and between two. Each kill may cost one try, and there is one more. */
export function killedWorker(host: SharedHost): Scenario {
  return {
    name: 'worker-killed',
    fault: 'kill -9 of a worker: while it starts, in `run()`, between two',
    weight: 16,
    run: async (seed) => {
      const random = new Random(seed);
      const kills = killsOf(random);
      const crossesThreshold = random.chance(0.1);
      const plan = plannedJob(random, { leastTries: kills.length + 2, crossesThreshold });
      const cancelled = random.chance(0.1) ? { cancelAfter: random.between(0, 300) } : {};
      const opened = await host.get();
      let killed = 0;
      const others = async (job: RunningJob): Promise<void> => {
        for (const kill of kills) if (await killOne(opened, job, kill)) killed += 1;
      };
      const faults = { ...cancelled, others };
      const result = await runJobs(opened, [{ plan, faults, resumes: random.chance(0.6) }]);
      return { ...result, faults: killed };
    },
  };
}

function killsOf(random: Random): WorkerKill[] {
  const kills = Array.from({ length: random.between(1, 3) }, () => ({
    afterTries: random.pick([0, 1, random.between(1, 12)]),
    delay: random.between(0, 12),
  }));
  return kills.sort((a, b) => a.afterTries - b.afterTries);
}

/** Waits for the moment, and kills the worker of the last try, or one that has not come to any; says whether there was one. */
async function killOne(
  host: ChaosHost,
  job: RunningJob,
  { afterTries, delay }: WorkerKill,
): Promise<boolean> {
  for (;;) {
    if (job.ended.aborted) return false;
    const pid = afterTries === 0 ? workersOf(host.product.pid)[0] : job.tries().at(afterTries - 1)?.pid;
    if (pid !== undefined) {
      await pause(delay);
      return kill(job.tries().at(-1)?.pid ?? pid);
    }
    await pause(lookEvery);
  }
}

function kill(pid: number): boolean {
  try {
    process.kill(pid, 'SIGKILL');
    return true;
  } catch {
    return false;
  }
}
