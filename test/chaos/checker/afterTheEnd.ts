import type { Evidence } from './evidence';
import { endTime, mayBeDone } from './jobWrites';
import type { RowWrite, Write } from './journal';
import type { Violation } from './violation';

/** I5: after the end of a job nothing changes that somebody can read of it, but for clean-up. */
export function changesAfterTheEnd(evidence: Evidence): Violation[] {
  return [...writtenAfter(evidence), ...filesThatDiffer(evidence)].map((seen) => ({ invariant: 'I5', seen }));
}

function filesThatDiffer({ jobFiles, jobFilesLater }: Evidence): string[] {
  const names = new Set([...jobFiles.keys(), ...jobFilesLater.keys()]);
  return [...names].flatMap((name) => {
    const [before, after] = [jobFiles.get(name), jobFilesLater.get(name)];
    if (before === undefined) return [`${name} came after the end of the job.`];
    if (after === undefined) return [`${name} went after the end of the job.`];
    return before.equals(after)
      ? []
      : [`${name} changed after the end of the job: ${change(before, after)}.`];
  });
}

/** Where two contents begin to differ, and what stands there. */
function change(before: Buffer, after: Buffer): string {
  const at = before.findIndex((byte, i) => byte !== after[i]);
  const from = Math.max(0, (at < 0 ? before.length : at) - 30);
  const shown = (content: Buffer): string => JSON.stringify(content.toString('utf8', from, from + 90));
  return `${shown(before)} became ${shown(after)}`;
}

/** Goes through the journal, and knows at each write what the blob held before. */
function writtenAfter(evidence: Evidence): string[] {
  const ended = endTime(evidence);
  const prefix = `jobs/${evidence.job.key}/`;
  const digests = new Map<string, string | undefined>();
  const seen: string[] = [];
  for (const write of evidence.journal.filter(mayBeDone)) {
    const late = write.begun > ended;
    if (write.op === 'rows') {
      if (late && write.name === `job:${evidence.job.key}`)
        seen.push(...(write.changes ?? []).map((change) => rowChange(change)));
      continue;
    }
    if (!write.name.startsWith(prefix)) continue;
    if (late && isReadable(evidence, write, prefix) && !isSame(write, digests.get(write.name)))
      seen.push(`A ${write.op} of ${write.name} after the end of the job.`);
    digests.set(write.name, write.digest);
  }
  return seen;
}

function rowChange({ kind, row }: RowWrite): string {
  return `A ${kind} of the row ${row} after the end of the job.`;
}

/** The same bytes once more are no change. A journal without digests leaves that to the files. */
function isSame({ op, digest }: Write, before: string | undefined): boolean {
  if (op === 'remove' || op === 'removeAll') return false;
  return digest === undefined || digest === before;
}

/** The attempt at planning whose pages are read, where the journal knows it. */
function plannedBy({ journal }: Evidence): string | undefined {
  return journal.find((write) => write.attempt !== undefined && mayBeDone(write))?.attempt;
}

/** Parts that no outcome names, and pages that no head does, are what a late attempt leaves: nobody reads them, and they may come and go. */
function isReadable(evidence: Evidence, { name }: Write, prefix: string): boolean {
  const { journal, job } = evidence;
  const page = /^manifest\/([^/]+)\//.exec(name.slice(prefix.length));
  if (page !== null) return [undefined, page[1]].includes(plannedBy(evidence));
  const part = /^parts\/(\d+)-(\d+)-(\d+)\./.exec(name.slice(prefix.length));
  if (part === null) return true;
  const [, lane, sequence, attempt] = part.map(Number);
  return journal
    .filter((write) => write.op === 'rows' && write.name === `job:${job.key}` && mayBeDone(write))
    .flatMap(({ changes }) => changes ?? [])
    .some(({ value }) => {
      const outcome = value?.['outcome'] as { readonly attempt: number } | undefined;
      return value?.['lane'] === lane && value?.['sequence'] === sequence && outcome?.attempt === attempt;
    });
}
