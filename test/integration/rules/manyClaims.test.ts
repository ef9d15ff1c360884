import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { jobPartition, jobPrefix } from '../../../shared/jobs/jobKeys';
import type { Job } from '../../../shared/jobs/jobStore';
import { noProgress } from '../../../shared/jobs/jobRun';
import { claimRowKey, partName, type ClaimRow, type PartKind } from '../../../shared/planning/claimRow';
import { readManifestHead } from '../../../shared/planning/manifestHead';
import type { RowChange } from '../../../shared/stores/tableStore';
import { useWorkspace } from '../../support/useWorkspace';

/** More than are kept in memory. */
const claims = 5_200;
const lanes = 3;

/** Every so many mini-batches one has failed. */
const failing = 1_000;

describe('a job of so many claims that they do not fit into memory', () => {
  const workspace = useWorkspace();
  let job: Job;

  beforeAll(async () => {
    await workspace().endpoint('many', 'def run(mini_batch):\n    return mini_batch\n', {
      errorThreshold: -1,
    });
    job = await workspace().invoke('many', workspace().inputs(claims));
    await workspace().activities.plan(job.spec.key);
    await leaveClaims(job.spec.key);
  });

  /** Writes the claims of all mini-batches, with their parts, as lanes that took one at a time have left them. */
  async function leaveClaims(key: string): Promise<void> {
    const { stores, jobs } = workspace().services;
    const next = Array.from({ length: lanes }, () => 0);
    let changes: RowChange[] = [];
    for (let i = 0; i < claims; i++) {
      const lane = (i * i) % lanes;
      const sequence = next[lane] ?? 0;
      next[lane] = sequence + 1;
      const parts = leaveParts(key, { lane, sequence }, textsOf(i));
      const failed = i % failing === 0 ? 1 : 0;
      const progress = {
        ...noProgress,
        miniBatches: 1,
        failedMiniBatches: failed,
        files: 1,
        failedFiles: failed,
      };
      const outcome = { attempt: 1, parts, digest: String(i), worker: `node/${lane}` };
      const value: ClaimRow = {
        lane,
        sequence,
        from: i,
        to: i + 1,
        attempt: 1,
        progress,
        charged: {},
        lost: {},
        outcome,
      };
      changes.push({ kind: 'insert', row: claimRowKey(lane, sequence), value });
      if (changes.length < 100 && i + 1 < claims) continue;
      await stores.tables.commit(jobPartition(key), changes);
      changes = [];
    }
    await jobs.change(key, (run) => ({ ...run, next: claims }));
  }

  function textsOf(i: number): Partial<Record<PartKind, string>> {
    const failure = {
      ...{ miniBatch: i, files: [nameOf(i)], failed: 1, code: 'RunRaised', tries: 1, worker: 'node/0' },
      message: `line ${i}\u2028and another`,
    };
    const written = [{ path: 'all.txt', size: `${i}\n`.length }];
    return {
      ...(i % failing === 0 ? { failures: `${JSON.stringify(failure)}\n` } : { rows: `row ${i}\n` }),
      report: `${i},succeeded\n`,
      ...(i % 100 === 0 ? { stdout: `printed ${i}\n` } : {}),
      ...(i % 1_300 === 0 ? { files: JSON.stringify([...written, { path: `${i}.txt`, size: 1 }]) } : {}),
    };
  }

  function leaveParts(
    key: string,
    claim: { lane: number; sequence: number },
    texts: Partial<Record<PartKind, string>>,
  ): Partial<Record<PartKind, number>> {
    const { blobs } = workspace().services.stores;
    const put = (name: string, text: string): void => {
      const path = blobs.localPath?.(`${jobPrefix(key)}${name}`) ?? '';
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    };
    for (const [kind, text] of Object.entries(texts)) {
      put(partName(claim, 1, kind as PartKind), text);
      if (kind !== 'files') continue;
      const folder = `parts/${claim.lane}-${claim.sequence}-1.written`;
      for (const { path, size } of JSON.parse(text) as { path: string; size: number }[])
        put(
          `${folder}/${path}`,
          size === 1 && path !== 'all.txt' ? 'x' : (texts.report?.replace(',succeeded', '') ?? ''),
        );
    }
    return Object.fromEntries(Object.entries(texts).map(([kind, text]) => [kind, text.length]));
  }

  const nameOf = (i: number): string => `f${String(i).padStart(6, '0')}.txt`;
  const numbers = Array.from({ length: claims }, (_, i) => i);

  test('is committed once and whole, also where two deliveries of its end come at once', async () => {
    const ends = [workspace().activities.finish(job.spec.key), workspace().activities.finish(job.spec.key)];
    expect(await Promise.all(ends)).toEqual([
      { open: [], left: 0 },
      { open: [], left: 0 },
    ]);
    const rows = numbers.filter((i) => i % failing !== 0).map((i) => `row ${i}\n`);
    job = await workspace().services.jobs.get(job.spec.name);
    expect(job.run.state).toBe('Completed');
    expect(await workspace().predictions(job)).toBe(rows.join(''));
    expect(job.run.progress.miniBatches).toBe(claims);
  });

  test('has its report, its list of failed files and what it printed in the order of the input', async () => {
    const report = await workspace().file(job, 'logs/sys/job_report/processed_mini-batches.csv');
    expect(report.split('\n').slice(1, -1)).toEqual(numbers.map((i) => `${i},succeeded`));
    const failed = numbers.filter((i) => i % failing === 0);
    const list = await workspace().file(job, 'failed_files.csv');
    expect(list.split('\n').slice(1, -1)).toEqual(
      failed.map((i) => `${nameOf(i)},${i},RunRaised,,1,line ${i}\u2028and another`),
    );
    const printed = await workspace().file(job, 'logs/user/stdout/node/0.stdout.txt');
    expect(printed).toBe(
      numbers
        .filter((i) => i % 100 === 0 && (i * i) % lanes === 0)
        .map((i) => `printed ${i}\n`)
        .join(''),
    );
  });

  test('has the files that its script wrote, each joined in that order', async () => {
    expect(job.run.result?.scriptFiles).toEqual(['0.txt', '1300.txt', '2600.txt', '3900.txt', 'all.txt']);
    expect(await workspace().file(job, 'named-outputs/score/all.txt')).toBe('0\n1300\n2600\n3900\n');
  });

  test('leaves nothing in the folder for unfinished work', () => {
    expect(
      readdirSync(workspace().services.scratch).filter((name) => /^(claims|pieces|logs|script)-/.test(name)),
    ).toEqual([]);
  });

  test('can be done again where its files failed', async () => {
    const again = await workspace().rerun(job, 'failedOnly');
    await workspace().activities.plan(again.spec.key);
    const head = await readManifestHead(workspace().services.stores.blobs, again.spec.key);
    expect(head?.files).toBe(6);
  });
});
