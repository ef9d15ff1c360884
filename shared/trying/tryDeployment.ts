import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { failure } from '../errors/batchpointError';
import { lookAtModel } from '../registry/models';
import { scorerFrom, type Scorer } from '../scoring/scorer';
import { WorkerFolders } from '../scoring/workerFolders';
import { WorkerPool } from '../scoring/workerPool';
import { linkModel } from './modelFolder';
import type { TrialInput, TrialObserver, TrialParts, TrialResult } from './trial';
import { TrialJob, trialKey } from './trialJob';
import type { Trying } from './trying';

/** What a trial is of: a deployment, and files for it; without files, only its `init()` is tried. */
export interface Trial {
  readonly parts: TrialParts;
  readonly input?: TrialInput;
}

/**
 * Scores some files in the foreground, in one process, each mini-batch once: as a job does it, but in stores that are gone
 * afterwards. A mini-batch that fails is told to the observer, and the others go on. Fails as the parts and the
 * environment do, with the errors of `init()`, and with `Interrupted` once the signal is raised.
 */
export async function tryDeployment(
  trying: Trying,
  { parts, input }: Trial,
  observer: TrialObserver,
  signal: AbortSignal,
): Promise<TrialResult> {
  const folder = join(trying.scratch, `trial-${randomUUID()}`);
  await mkdir(folder, { recursive: true });
  const pool = new WorkerPool(trying.environments, new WorkerFolders(folder), trying.processes, {
    size: 1,
    initSeconds: trying.settings.initSeconds,
    memory: trying.settings.workerMemory,
    idleSeconds: trying.settings.idleSeconds,
    echo: observer.printed,
  });
  const stop = (): void => trying.stop();
  signal.addEventListener('abort', stop);
  try {
    const scorer = await scorerOfParts(parts, join(folder, 'model'));
    for (const warning of await differences(trying, scorer)) observer.warned(warning);
    const seconds = await warm(pool, scorer, observer, signal);
    observer.ready(seconds);
    if (input === undefined) return { ...nothing, seconds: { ...seconds, run: 0 } };
    const job = await TrialJob.open(trying, { folder, pool, scorer, parts, input });
    try {
      const { output, warnings, ...scored } = await job.run(observer.failed, signal);
      warnings.forEach(observer.warned);
      refuseInterrupted(signal);
      if (output !== undefined && existsSync(output)) await observer.output(output);
      return { ...scored, seconds: { ...seconds, run: scored.seconds } };
    } finally {
      await job.close();
    }
  } catch (error) {
    // What was ended by the interruption fails in many ways.
    refuseInterrupted(signal);
    throw error;
  } finally {
    signal.removeEventListener('abort', stop);
    await pool.close();
    await rm(folder, { recursive: true, force: true });
  }
}

const nothing = { miniBatches: 0, files: 0, failedFiles: 0, rows: 0, scriptFiles: [] } as const;

async function scorerOfParts(parts: TrialParts, folder: string): Promise<Scorer> {
  const { model, code, environment, settings } = parts;
  const facts = await lookAtModel(model.path, parts.name, model.type);
  await linkModel({ path: model.path, name: parts.name }, folder);
  const root = basename(model.path);
  return scorerFrom({ model: { folder, root, facts }, code, environment }, settings);
}

/** What the environment is made with that its definition does not ask for. */
async function differences({ environments }: Trying, { requirements }: Scorer): Promise<readonly string[]> {
  return requirements === undefined ? [] : (await environments.plan(requirements)).warnings;
}

/** Starts the process of the scorer; the first mini-batch finds it ready. */
async function warm(
  pool: WorkerPool,
  scorer: Scorer,
  { progress }: TrialObserver,
  signal: AbortSignal,
): Promise<{ environment: number; init: number }> {
  const began = performance.now();
  const worker = await pool.acquire(scorer, trialKey, signal, { progress });
  if (worker === undefined) throw failure('Interrupted', { advice: '' });
  const init = worker.initSeconds;
  await pool.release(worker, trialKey);
  return { environment: Math.max(0, (performance.now() - began) / 1000 - init), init };
}

function refuseInterrupted(signal: AbortSignal): void {
  if (signal.aborted) throw failure('Interrupted', { advice: '' });
}
