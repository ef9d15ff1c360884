import { fileListText, readFileList, type FileOfList } from '../inputs/fileList';
import { isFailure } from '../errors/batchpointError';
import { jobKey, jobPrefix } from '../jobs/jobKeys';
import type { Stored } from '../registry/namedResources';
import type { BlobStore } from '../stores/blobStore';
import { forEachBounded } from '../stores/boundedWork';
import type { Row, TableStore } from '../stores/tableStore';
import { openRows, type Arrival } from './arrival';
import type { ClosedWindow } from './closedWindow';
import { faultOfFile, type TriggerJobContext } from './triggerFaults';
import type { Settling } from './settling';
import type { Batching, Trigger, WatchedFiles } from './trigger';
import { triggerKey, triggerPartition } from './triggerKeys';
import { windowJobName } from './wantedJobs';
import { pathBelow } from './watchedPath';

/** How far the windows of a trigger are: one row, moved by ETag. */
interface Windows {
  /** The window that is open, or that is closed and has no job yet. */
  readonly number: number;
  readonly closed?: ClosedWindow;
}

const row = 'windows';

/** Files that are looked at together. */
const looksAtOnce = 32;

type Window = Extract<Batching, { type: 'window' }>;

/** A window that is not over: how many files it lacks, and when its time is over. */
export interface OpenWindow {
  readonly missing: number;
  readonly until: number;
}

/** The window of a trigger that is closed and has no job yet, if there is one. */
export async function closedWindow(tables: TableStore, key: string): Promise<ClosedWindow | undefined> {
  return (await windowsOf(tables, key))?.value.closed;
}

/** The window that so many arrivals are in, of which this one waits longest; nothing where it is over, or full. */
export function openWindow(
  { seconds, files }: Window,
  first: Row<Arrival>,
  waiting: number,
  now: Date,
): OpenWindow | undefined {
  const opened = Date.parse(first.value.notedAt);
  const until = opened + seconds * 1000;
  const missing = files - waiting;
  // A window that opens only later was opened by a clock that has been set back since.
  return missing > 0 && until > now.getTime() && opened <= now.getTime() ? { missing, until } : undefined;
}

/**
 * Closes a window over these arrivals: fixes its files, once, in a list. Files that are gone by now are left out. Of two
 * that close it the first one counts. Answers nothing where no file is left, or where the other one was first.
 */
export async function closeWindow(
  context: TriggerJobContext,
  trigger: Stored<Trigger>,
  watch: WatchedFiles,
  arrivals: readonly Row<Arrival>[],
  settling: Settling,
): Promise<ClosedWindow | undefined> {
  const { tables, blobs } = context;
  const key = triggerKey(trigger);
  const present = await windowsOf(tables, key);
  if (present?.value.closed !== undefined) return present.value.closed;
  const number = present?.value.number ?? 1;
  const [first] = arrivals;
  const datastore = first?.value.datastore ?? watch.datastore;
  const kept = await stillThere(context, trigger, watch, arrivals, settling, datastore);
  if (first === undefined || kept.length === 0) return undefined;
  const isBelow = kept.every(({ value }) => pathBelow(watch, value.name) !== undefined);
  const folder = isBelow ? watch.path : '';
  const job = jobKey(windowJobName(trigger, number));
  const list = `${jobPrefix(job)}input/${context.newId()}.jsonl`;
  await blobs.write(list, fileListText(kept.map((each) => fileOf(each, folder))), { mustNotExist: true });
  const closed: ClosedWindow = {
    number,
    openedAt: first.value.notedAt,
    datastore,
    folder,
    job,
    list,
    lineage: [...new Set(kept.flatMap(({ value }) => value.lineage ?? []))],
  };
  if (await writeWindows(tables, key, present, { number, closed })) return closed;
  await blobs.remove(list);
  return undefined;
}

/** Writes down what became of the files of a window, all with one job, and opens the next window. */
export async function finishWindow(
  { tables, blobs }: { readonly tables: TableStore; readonly blobs: BlobStore },
  key: string,
  { number, list }: ClosedWindow,
  settle: (open: Row<Arrival>) => Promise<void>,
): Promise<void> {
  const rows = new Set<string>();
  for await (const page of readFileList(blobs, list)) for (const file of page) rows.add(file.row ?? '');
  const open: Row<Arrival>[] = [];
  for await (const each of tables.query<Arrival>(triggerPartition(key), openRows))
    if (rows.has(each.row)) open.push(each);
  await Promise.all(open.map(settle));
  const present = await windowsOf(tables, key);
  if (present?.value.number === number) await writeWindows(tables, key, present, { number: number + 1 });
}

/** The arrivals whose files are there as they were noted, of one datastore; of the others it is written down why not. */
async function stillThere(
  context: TriggerJobContext,
  trigger: Stored<Trigger>,
  watch: WatchedFiles,
  arrivals: readonly Row<Arrival>[],
  settling: Settling,
  datastore: string,
): Promise<readonly Row<Arrival>[]> {
  const kept = new Set<Row<Arrival>>();
  await forEachBounded(looksAtOnce, arrivals, async (open) => {
    if ((open.value.datastore ?? watch.datastore) !== datastore) return;
    const reason = await faultOfFile(context, trigger, watch, open.value);
    if (reason === undefined) kept.add(open);
    else await settling.settle({ open, reason });
  });
  return arrivals.filter((each) => kept.has(each));
}

function fileOf({ row, value: { name, etag, size } }: Row<Arrival>, folder: string): FileOfList {
  const path = folder === '' ? name : name.slice(folder.length + 1);
  return { path, etag, row, ...(size === undefined ? {} : { size }) };
}

async function windowsOf(tables: TableStore, key: string): Promise<Row<Windows> | undefined> {
  return tables.get<Windows>(triggerPartition(key), row);
}

/** Writes how far the windows are, where nobody has written it since it was read; says whether that was so. */
async function writeWindows(
  tables: TableStore,
  key: string,
  read: Row<Windows> | undefined,
  value: Windows,
): Promise<boolean> {
  try {
    await tables.commit(triggerPartition(key), [
      read === undefined ? { kind: 'insert', row, value } : { kind: 'replace', row, value, etag: read.etag },
    ]);
    return true;
  } catch (error) {
    if (!isFailure(error, 'RowConflict')) throw error;
    return false;
  }
}
