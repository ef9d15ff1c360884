import type { JournalLine } from '../checker/journal';

/** What is told of a write before it is made. */
export type PlannedWrite = Pick<JournalLine, 'store' | 'op' | 'name' | 'changes'>;

/** The steps of a job that a process can be killed at: each is a kind of write. */
export const steps = {
  recorded: 'the record of the job',
  started: 'the note that its orchestration is started',
  reserved: 'the reservation of the output',
  head: 'the head of the manifest',
  planned: 'the plan',
  claimed: 'a claim',
  retaken: 'a claim that is taken again',
  staged: 'the staged rows of a claim',
  outcome: 'the outcome of a claim',
  thresholdStop: 'the stop by the error threshold',
  cancel: 'the stop by a cancel',
  committing: 'the decision to commit',
  commit: 'the output',
  logs: 'the joined logs',
  ended: 'the last status',
  released: 'the reservation that is given back',
  turn: 'a turn of an orchestration',
  any: 'any write',
} as const;

export type Step = keyof typeof steps;

/** The steps that a write is. */
export function stepsOf(write: PlannedWrite): readonly Step[] {
  const named = write.op === 'rows' ? ofRows(write) : ofBlob(write);
  return named === undefined ? ['any'] : [named, 'any'];
}

function ofBlob({ op, name }: PlannedWrite): Step | undefined {
  if (!name.startsWith('jobs/')) return op === 'commit' ? 'commit' : undefined;
  if (op === 'write' && name.endsWith('/manifest.json')) return 'head';
  if (op === 'stage' && name.endsWith('.rows')) return 'staged';
  if (op === 'commit' && name.includes('/files/logs/')) return 'logs';
  return undefined;
}

function ofRows({ name, changes = [] }: PlannedWrite): Step | undefined {
  const [first] = changes;
  if (name === 'outputs') return first?.kind === 'remove' ? 'released' : 'reserved';
  if (!name.startsWith('job:')) return undefined;
  if (changes.some(({ row, kind }) => row === 'job' && kind === 'insert')) return 'recorded';
  const claim = changes.find(({ row }) => row.startsWith('claim:'));
  if (claim?.value !== undefined) return ofClaim(claim.kind, claim.value);
  const run = changes.find(({ row }) => row === 'run')?.value;
  return run === undefined ? undefined : ofRun(run);
}

function ofClaim(kind: string, value: Readonly<Record<string, unknown>>): Step | undefined {
  if (value['outcome'] !== undefined) return 'outcome';
  if (kind === 'insert') return 'claimed';
  const progress = value['progress'] as { readonly miniBatches: number };
  const isFresh = progress.miniBatches === 0 && value['begun'] === undefined;
  return isFresh && Number(value['attempt']) > 1 ? 'retaken' : undefined;
}

function ofRun(run: Readonly<Record<string, unknown>>): Step | undefined {
  const stop = run['stop'] as { readonly cancelled: boolean } | undefined;
  switch (run['state']) {
    case 'Queued':
      return 'started';
    case 'Running':
      return run['next'] === 0 ? 'planned' : undefined;
    case 'Stopping':
      return stop?.cancelled === true ? 'cancel' : 'thresholdStop';
    case 'Committing':
      return 'committing';
    case 'Completed':
    case 'Failed':
    case 'Canceled':
      return 'ended';
    default:
      return undefined;
  }
}
