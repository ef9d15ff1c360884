import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import type { JobFilter } from '../../../shared/jobs/jobIndex';
import { jobKey } from '../../../shared/jobs/jobKeys';
import type { JobSpec } from '../../../shared/jobs/jobSpec';
import { useWorkspace } from '../../support/useWorkspace';
import { echoScript } from '../../support/workspace';

/** What happens between two pages. Milliseconds are those between the times of two jobs, as their makers' clocks say. */
type Event =
  | { readonly kind: 'add'; readonly milliseconds: number }
  | { readonly kind: 'end' | 'list again'; readonly job: number };

const event: fc.Arbitrary<Event> = fc.oneof(
  fc.record({ kind: fc.constant('add' as const), milliseconds: fc.integer({ min: -5, max: 5 }) }),
  fc.record({ kind: fc.constantFrom('end' as const, 'list again' as const), job: fc.nat() }),
);

const workspace = useWorkspace();
let model: JobSpec;

beforeAll(async () => {
  await workspace().endpoint('pages', echoScript);
  model = (await workspace().invoke('pages', workspace().inputs(1))).spec;
});

/** Jobs of two endpoints of their own, in turn. */
class Jobs {
  readonly made: JobSpec[] = [];
  private time = Date.parse('2026-01-01T00:00:00.000Z');
  private readonly endpoints = [`a-${randomUUID().slice(0, 8)}`, `b-${randomUUID().slice(0, 8)}`] as const;

  async add(milliseconds: number): Promise<void> {
    this.time += milliseconds;
    const name = randomUUID();
    const createdAt = new Date(this.time).toISOString();
    const spec = {
      ...model,
      name,
      key: jobKey(name),
      createdAt,
      endpoint: this.endpoints[this.made.length % 2 === 0 ? 0 : 1],
    };
    const { index, jobs } = workspace().services;
    await index.activate(spec);
    await jobs.create(spec);
    await index.list(spec);
    this.made.push(spec);
  }

  async happens(event: Event): Promise<void> {
    if (event.kind === 'add') return this.add(event.milliseconds);
    const spec = this.made[event.job % this.made.length];
    if (spec === undefined) return;
    const { index, jobs } = workspace().services;
    if (event.kind === 'list again') return index.list(spec);
    await jobs.stop(spec.key, { cancelled: true, by: 'tester' });
    await jobs.move(spec.key, 'Canceled');
    await index.deactivate(spec.key);
  }

  /** Lists, and which jobs they have: of an endpoint, of a deployment, and of both endpoints as one. */
  get lists(): { readonly filters: readonly JobFilter[]; readonly has: (spec: JobSpec) => boolean }[] {
    const [endpoint, other] = this.endpoints;
    const has = (spec: JobSpec): boolean => spec.endpoint === endpoint;
    return [
      { filters: [{ endpoint }], has },
      { filters: [{ endpoint, deployment: model.deployment }], has },
      { filters: [{ endpoint }, { endpoint: other }], has: () => true },
    ];
  }

  /** All names of a list, by its pages; events happen between them. */
  async walk(
    filters: readonly JobFilter[],
    size: number,
    events: readonly (readonly Event[])[],
  ): Promise<string[]> {
    const names: string[] = [];
    let token: string | undefined;
    for (let turn = 0; ; turn++) {
      const page = await workspace().services.index.pageOfLists(filters, size, token);
      names.push(...page.names);
      expect(page.names.length).toBeLessThanOrEqual(size);
      if (page.next === undefined) return names;
      token = page.next;
      for (const event of events[turn] ?? []) await this.happens(event);
    }
  }
}

/** The newest first; of jobs of one millisecond, in the order of their keys. */
function inOrder(specs: readonly JobSpec[]): string[] {
  const time = ({ createdAt }: JobSpec): number => Date.parse(createdAt);
  return [...specs].sort((a, b) => time(b) - time(a) || (a.key < b.key ? -1 : 1)).map((spec) => spec.name);
}

test('pages that are walked while jobs are added and end have no job twice, and all that were there at the start, in their order', async () => {
  const start = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 10 });
  const events = fc.array(fc.array(event, { maxLength: 4 }), { maxLength: 10 });
  const property = fc.asyncProperty(
    start,
    fc.integer({ min: 1, max: 4 }),
    events,
    async (gaps, size, between) => {
      const jobs = new Jobs();
      for (const gap of gaps) await jobs.add(gap);
      for (const { filters, has } of jobs.lists) {
        const atStart = inOrder(jobs.made.filter(has));
        const seen = await jobs.walk(filters, size, between);
        expect(new Set(seen).size).toBe(seen.length);
        expect(seen.filter((name) => atStart.includes(name))).toEqual(atStart);
        const all = inOrder(jobs.made.filter(has));
        expect(seen).toEqual(all.filter((name) => seen.includes(name)));
        expect(await jobs.walk(filters, size, [])).toEqual(all);
      }
    },
  );
  await fc.assert(property, { numRuns: 40 });
});
