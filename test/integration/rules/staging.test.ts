import type { BlobStore } from '../../../shared/stores/blobStore';
import type { TableStore } from '../../../shared/stores/tableStore';
import { partName, type ClaimRow } from '../../../shared/planning/claimRow';
import { Claims } from '../../../shared/planning/claims';
import { jobPrefix } from '../../../shared/jobs/jobKeys';
import { scoreNext } from '../../../shared/scoring/scoreNext';
import { useWorkspace } from '../../support/useWorkspace';
import type { Workspace } from '../../support/workspace';

const script = `
import sys
def run(mini_batch):
    print('scored')
    if open(mini_batch[0]).read() == '3':
        raise ValueError('three')
    return [open(mini_batch[0]).read()]
`;

describe('the parts of a claim', () => {
  const workspace = useWorkspace();

  /** Scores all claims of a new job, over stores that are watched. */
  async function scoreWatched(
    watch: (workspace: Workspace) => { tables?: TableStore; blobs?: BlobStore },
  ): Promise<string> {
    await workspace().endpoint('parts', script, { retrySettings: { maxRetries: 1 } });
    const { spec } = await workspace().invoke('parts', workspace().inputs(60));
    await workspace().activities.plan(spec.key);
    const { services } = workspace();
    const watched = watch(workspace());
    const { tables = services.stores.tables, blobs = services.stores.blobs } = watched;
    const claims = new Claims(tables, services.jobs, services.now, 3);
    const context = { ...services, claims, blobs, activitySeconds: undefined };
    for (let sequence = 0; (await scoreNext(context, { job: spec.key, lane: 0, sequence })).more;) sequence++;
    return spec.key;
  }

  test('are in the store before the outcome that names them', async () => {
    let outcomes = 0;
    const key = await scoreWatched(({ services }) => {
      const { tables, blobs } = services.stores;
      const commit: TableStore['commit'] = async (partition, changes) => {
        for (const change of changes) {
          const claim = (change.kind === 'replace' ? change.value : {}) as Partial<ClaimRow>;
          if (claim.outcome === undefined || claim.lane === undefined || claim.sequence === undefined)
            continue;
          outcomes++;
          const { lane, sequence, outcome } = claim;
          for (const kind of ['rows', 'report', 'stdout', 'failures'] as const) {
            const job = partition.replace('job:', '');
            const present = await blobs.stat(
              `${jobPrefix(job)}${partName({ lane, sequence }, outcome.attempt, kind)}`,
            );
            expect(present?.size).toBe(outcome.parts[kind]);
          }
        }
        return tables.commit(partition, changes);
      };
      const get = tables.get.bind(tables);
      const getOfEach = tables.getOfEach.bind(tables);
      const query = tables.query.bind(tables);
      return { tables: { get, getOfEach, query, commit } };
    });
    expect(outcomes).toBeGreaterThan(2);
    await workspace().activities.finish(key);
  });

  test('are staged once a claim, never once a mini-batch', async () => {
    const staged: string[] = [];
    const key = await scoreWatched(({ services }) => {
      const { blobs } = services.stores;
      const stage: BlobStore['stage'] = (name, path) => {
        staged.push(name);
        return blobs.stage(name, path);
      };
      const watched: BlobStore = Object.assign(Object.create(blobs) as BlobStore, { stage });
      return { blobs: watched };
    });
    let claims = 0;
    for await (const claim of workspace().services.claims.all(key))
      claims += claim.outcome === undefined ? 0 : 1;
    expect(claims).toBeLessThan(30);
    expect(staged.filter((name) => name.endsWith('.rows'))).toHaveLength(
      new Set(staged.filter((name) => name.endsWith('.rows'))).size,
    );
    expect(staged.filter((name) => name.endsWith('.report'))).toHaveLength(claims);
    await workspace().activities.finish(key);
  });

  test('have the logs of the claim with them, joined at the end in the order of the input', async () => {
    const key = await scoreWatched(() => ({}));
    await workspace().activities.finish(key);
    const name = (await workspace().services.jobs.spec(key)).name;
    const job = await workspace().services.jobs.get(name);
    const report = (await workspace().file(job, 'logs/sys/job_report/processed_mini-batches.csv'))
      .trim()
      .split('\n');
    expect(report[0]).toBe(
      'mini_batch,result,files,failed_files,rows,tries,node,process,elapsed_seconds,error',
    );
    expect(report.slice(1).map((line) => line.split(',')[0])).toEqual(
      Array.from({ length: 60 }, (_, i) => String(i)),
    );
    expect(report[4]).toMatch(/^3,failed,1,1,0,1,.*,RunRaised$/);
  });

  test('without bytes are not there', async () => {
    await workspace().endpoint('silent', 'def run(mini_batch):\n    return ["x"]\n', {
      outputAction: 'SummaryOnly',
    });
    const { spec } = await workspace().invoke('silent', workspace().inputs(2));
    await workspace().activities.plan(spec.key);
    await workspace().lane(spec.key, 0);
    for await (const claim of workspace().services.claims.all(spec.key)) {
      expect(Object.keys(claim.outcome?.parts ?? {})).toEqual(['report']);
    }
    await workspace().activities.finish(spec.key);
  });

  test('of an attempt that lost are removed', async () => {
    await workspace().endpoint('lost', script, { retrySettings: { maxRetries: 1 } });
    const { spec } = await workspace().invoke('lost', workspace().inputs(1));
    await workspace().activities.plan(spec.key);
    await Promise.all([
      workspace().activities.scoreNext(spec.key, 0, 0),
      workspace().activities.scoreNext(spec.key, 0, 0),
    ]);
    const names: string[] = [];
    for await (const page of workspace().services.stores.blobs.list(`${jobPrefix(spec.key)}parts/`)) {
      names.push(...page.map(({ name }) => name));
    }
    expect(new Set(names.map((name) => name.replace(/\.\w+$/, ''))).size).toBe(1);
    expect(await workspace().activities.finish(spec.key)).toEqual({ open: [], left: 0 });
    const job = await workspace().services.jobs.get(spec.name);
    expect(await workspace().predictions(job)).toBe('0\n');
  });
});
