import { join } from 'node:path';
import { Worker } from 'node:worker_threads';

/** Ends this process and all that it has started. */
export function killGroup(): void {
  process.kill(0, 'SIGKILL');
}

/**
 * Makes sure that neither this process nor what it starts outlives the host, whatever the script is doing. A script that
 * never comes to an end holds the main thread, so another one waits for the end of the host.
 */
export function dieWithHost(): void {
  const watch = new Worker(join(__dirname, 'hostWatch.js'), {
    execArgv: [],
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 2 },
  });
  watch.unref();
}
