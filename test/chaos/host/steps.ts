import { notifiedRow } from '../../../shared/jobs/jobStore';
import type { JournalLine, RowWrite } from '../checker/journal';

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

/** The steps by which jobs come from files that land and from due times, and by which their ends are told. */
export const doorSteps = {
  noted: 'the note of a file that landed',
  woken: 'the note that its trigger has something to do',
  windowListed: 'the list of the files of a window',
  windowClosed: 'the end of a window',
  settled: 'what became of the file',
  windowOpened: 'the beginning of the next window',
  rested: 'the note that its trigger has nothing to do',
  remembered: 'the note of the host that the event was delivered',
  moved: 'the next due time of a schedule',
  outboxed: 'what is to be told of a job',
  dueNoted: 'the note of when that is due',
  takenIn: 'the mark that all is in the outbox',
  telling: 'the note that somebody is at it',
  told: 'the note that it was told',
} as const;

export type JobStep = keyof typeof steps;
export type Step = JobStep | keyof typeof doorSteps;

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
  if (op === 'write' && /^jobs\/[^/]+\/input\//.test(name)) return 'windowListed';
  return undefined;
}

function ofRows({ name, changes = [] }: PlannedWrite): Step | undefined {
  const [first] = changes;
  if (name === 'outputs') return first?.kind === 'remove' ? 'released' : 'reserved';
  if (!name.startsWith('job:')) return ofDoors(name, changes);
  if (first?.row === notifiedRow) return 'takenIn';
  if (changes.some(({ row, kind }) => row === 'job' && kind === 'insert')) return 'recorded';
  const claim = changes.find(({ row }) => row.startsWith('claim:'));
  if (claim?.value !== undefined) return ofClaim(claim.kind, claim.value);
  const run = changes.find(({ row }) => row === 'run')?.value;
  return run === undefined ? undefined : ofRun(run);
}

function ofDoors(partition: string, changes: readonly RowWrite[]): Step | undefined {
  const [first] = changes;
  const isOf = (start: string): boolean => changes.some(({ row }) => row.startsWith(start));
  if (partition.startsWith('trigger:')) {
    if (isOf('version-')) return 'noted';
    if (isOf('settled-')) return 'settled';
    if (first?.row !== 'windows') return undefined;
    return first.value?.['closed'] === undefined ? 'windowOpened' : 'windowClosed';
  }
  switch (partition) {
    case 'trigger-work':
      return first?.kind === 'remove' ? 'rested' : 'woken';
    case 'schedule-runs':
      return isOf('state:') && first?.kind === 'replace' ? 'moved' : undefined;
    case 'notifications-due':
      return first?.kind === 'put' ? 'dueNoted' : undefined;
    case 'notifications':
      return first?.value === undefined ? undefined : ofNotification(first);
    default:
      return undefined;
  }
}

function ofNotification({ kind, value }: RowWrite): Step | undefined {
  if (kind === 'insert') return 'outboxed';
  if (value?.['claim'] !== undefined) return 'telling';
  return value?.['status'] === 'Delivered' ? 'told' : undefined;
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
