import type { InstanceState } from '../jobs/recoverJobs';

/** What can be freed, in the order in which it is. */
export const collectedKinds = ['jobs', 'leftovers', 'versions', 'uploads', 'environments'] as const;

export type CollectedKind = (typeof collectedKinds)[number];

/** What a collection is to free. */
export interface CollectionRequest {
  readonly only: readonly CollectedKind[];
  /** Seconds for which nothing may have used it. */
  readonly olderThan: number;
  /** Whether it is only told what would be freed. */
  readonly dryRun: boolean;
}

/** Something that was freed, or would be. */
export interface CollectedItem {
  readonly kind: CollectedKind;
  /** What people know it by. */
  readonly name: string;
  readonly bytes: number;
}

/** A step of a collection: something that is freed, or nothing, and where to go on after it. */
export interface CollectionStep {
  readonly item?: CollectedItem;
  /** Where the next step begins; without it, the kind begins anew where the collection is broken off. */
  readonly place?: string;
}

/** What a collector is asked. */
export interface CollectorRequest {
  /** All kinds that the collection frees. */
  readonly only: readonly CollectedKind[];
  readonly dryRun: boolean;
  /** What was not used since then is freed. */
  readonly before: Date;
  /** What the orchestration of a job is doing. */
  readonly state: (instance: string) => Promise<InstanceState>;
}

/** Frees what there is of one kind, step by step, from a place on. Each step is whole before it is told. */
export type Collector = (
  request: CollectorRequest,
  place: string | undefined,
) => AsyncIterable<CollectionStep>;

/** Things and bytes that were freed. */
export interface CollectionSum {
  readonly count: number;
  readonly bytes: number;
}

/** What a collection has freed so far, or would. */
export interface CollectionReport {
  readonly dryRun: boolean;
  /** What was not used since then is freed. */
  readonly before: string;
  readonly total: CollectionSum;
  readonly kinds: Readonly<Partial<Record<CollectedKind, CollectionSum>>>;
  /** The first of them. */
  readonly items: readonly CollectedItem[];
}

/** So many items a report names. */
export const itemsNamed = 1_000;

/** A report with one item more. */
export function withItem(report: CollectionReport, item: CollectedItem): CollectionReport {
  const { kind, bytes } = item;
  const add = ({ count, bytes: before }: CollectionSum): CollectionSum => ({
    count: count + 1,
    bytes: before + bytes,
  });
  return {
    ...report,
    total: add(report.total),
    kinds: { ...report.kinds, [kind]: add(report.kinds[kind] ?? { count: 0, bytes: 0 }) },
    items: report.items.length < itemsNamed ? [...report.items, item] : report.items,
  };
}
