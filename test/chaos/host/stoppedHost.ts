import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { plannedJob } from '../jobs/plannedJob';
import type { Scenario } from '../scenario';
import { Random } from '../seeds';
import type { ChaosHost } from './chaosHost';
import { root } from '../../../bench/product/productHost';
import type { RunningJob } from './runJob';
import { runJobs } from './runJobs';
import type { SharedHost } from './sharedHost';
import { workersOf } from './workers';

/** The host stands still as on a machine that sleeps; a second one wants its state folder; then the first goes on. */
export function secondHost(host: SharedHost): Scenario {
  return {
    name: 'second-host',
    fault: 'SIGSTOP of the host, a second one on its state folder, SIGCONT',
    weight: 2,
    run: async (seed) => {
      const random = new Random(seed);
      const plan = plannedJob(random, { mostFiles: 40 });
      const opened = await host.get();
      const after = random.between(0, 300);
      let stopped = 0;
      const others = async (job: RunningJob): Promise<void> => {
        await pause(after, undefined, { signal: job.ended }).catch(() => undefined);
        if (job.ended.aborted) return;
        const { pid } = opened.product;
        process.kill(pid, 'SIGSTOP');
        try {
          stopped += 1;
          await refusedHost(opened);
        } finally {
          process.kill(pid, 'SIGCONT');
        }
      };
      const result = await runJobs(opened, [{ plan, faults: { others }, resumes: false }]);
      return { ...result, faults: stopped };
    },
  };
}

/** Starts a host on the folder of another one, which has to refuse to serve. */
async function refusedHost({ product }: ChaosHost): Promise<void> {
  const main = join(root, 'dist/local/main.js');
  const before = workersOf(product.pid);
  const child = spawn(process.execPath, [main, '--app', root, '--state', product.state], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const [log] = await Promise.all([text(child.stderr), once(child, 'exit')]);
  if (child.exitCode !== 1 || !log.includes('StateFolderHeld'))
    throw new Error(`A second host was not refused, and ended with ${child.exitCode}: ${log}`);
  const left = workersOf(product.pid);
  if (left.join() !== before.join())
    throw new Error(
      `A second host ended workers of the first: of ${before.join()}, ${left.join()} are left.`,
    );
}
