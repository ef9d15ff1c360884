import { text } from 'node:stream/consumers';
import { failure } from '../errors/batchpointError';
import { jobPartition, jobPrefix } from '../jobs/jobKeys';
import type { Job } from '../jobs/jobStore';
import { claimRowKey, claimRows, partName, type ClaimRow } from '../planning/claimRow';
import type { BlobStore } from '../stores/blobStore';
import type { TableStore } from '../stores/tableStore';

/** What a worker printed while one claim was scored. */
export interface PrintedText {
  readonly worker: string;
  readonly stream: 'stdout' | 'stderr';
  readonly text: string;
}

/** What was printed since a cursor, and the cursor to go on from. */
export interface JobEvents {
  readonly printed: readonly PrintedText[];
  readonly cursor: string;
}

/** An answer takes no further claim once it has so many characters, or so many claims: a claim is told whole. */
const mostCharacters = 256 * 1024;
const mostClaims = 50;

/** What the scripts of a job printed since `cursor`, claim by claim; without a cursor, from the start. */
export async function jobEvents(
  stores: { readonly tables: TableStore; readonly blobs: BlobStore },
  { spec, run }: Job,
  cursor: string | undefined,
): Promise<JobEvents> {
  const seen = readCursor(cursor);
  const printed: PrintedText[] = [];
  let left = mostCharacters;
  let claims = 0;
  const planned = run.plan?.lanes ?? 0;
  for (let lane = 0; ; lane++) {
    const lanes = lanesOf(planned, seen);
    if (lane >= lanes) break;
    const from = claimRowKey(lane, seen[lane] ?? 0);
    const before = lane + 1 === lanes ? claimRows.before : claimRowKey(lane + 1, 0);
    for await (const { value } of stores.tables.query<ClaimRow>(jobPartition(spec.key), { from, before })) {
      if (value.outcome === undefined || left <= 0 || claims++ >= mostClaims) break;
      for (const one of await printedBy(stores.blobs, spec.key, value)) {
        printed.push(one);
        left -= one.text.length;
      }
      seen[value.lane] = value.sequence + 1;
    }
  }
  return { printed, cursor: Buffer.from(JSON.stringify(seen)).toString('base64url') };
}

async function printedBy(blobs: BlobStore, job: string, claim: ClaimRow): Promise<PrintedText[]> {
  const printed: PrintedText[] = [];
  for (const stream of ['stdout', 'stderr'] as const) {
    if (claim.outcome?.parts[stream] === undefined) continue;
    const name = `${jobPrefix(job)}${partName(claim, claim.outcome.attempt, stream)}`;
    const content = await text(await blobs.read(name));
    printed.push({ worker: claim.outcome.worker, stream, text: content });
  }
  return printed;
}

/** Lanes of repair have numbers behind those of the plan. */
function lanesOf(planned: number, seen: readonly unknown[]): number {
  return Math.max(planned, seen.length);
}

function readCursor(cursor: string | undefined): number[] {
  if (cursor === undefined || cursor === '') return [];
  try {
    const parsed: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (Array.isArray(parsed) && parsed.every((one) => one === null || Number.isInteger(one))) {
      return parsed.map((one: number | null) => one ?? 0);
    }
  } catch {
    // Told below, like a cursor of another form.
  }
  throw failure('PageTokenInvalid', { token: cursor });
}
