import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { ProductHost } from '../../../bench/product/productHost';
import type { Write } from '../checker/journal';

/** Writes of the journal that are shown: the last ones say what the job was at. */
const shownWrites = 40;
const shownLog = 8_000;

/**
 * Writes down what a job is at that makes no progress: its rows, its orchestrations, what was written last, the processes,
 * the end of the host's log. Answers the path of the file, which stays.
 */
export function dumpJob(host: ProductHost, key: string, journal: readonly Write[]): string {
  const { state } = host;
  const rows = rowsOf(
    join(state, 'tables.db'),
    `SELECT row, value FROM rows WHERE partition = 'job:${key}' ORDER BY row`,
  );
  const instances = rowsOf(
    join(state, 'durable.db'),
    `SELECT id, name, status, updated FROM instances WHERE instr(id, '${key}') > 0`,
  );
  const activities = rowsOf(join(state, 'durable.db'), 'SELECT * FROM activities');
  const path = join(mkdtempSync(join(tmpdir(), 'batchpoint-stuck-')), `${key}.json`);
  const dump = {
    run: rows.find(({ row }) => row === 'run'),
    claims: rows.filter(({ row }) => String(row).startsWith('claim:')),
    instances,
    activities,
    lastWrites: journal.slice(-shownWrites),
    processes: processesOf(host.pid),
    log: host.log.slice(-shownLog),
  };
  writeFileSync(path, JSON.stringify(dump, null, 2));
  return path;
}

/** Rows of a database that a living host may hold: of a copy, as it would let nobody else in. */
function rowsOf(file: string, query: string): Record<string, unknown>[] {
  const folder = mkdtempSync(join(tmpdir(), 'batchpoint-copy-'));
  const copy = join(folder, 'copy.db');
  try {
    for (const ending of ['', '-wal']) if (existsSync(file + ending)) cpSync(file + ending, copy + ending);
    const database = new DatabaseSync(copy);
    try {
      return database.prepare(query).all().map(withParsedValues);
    } finally {
      database.close();
    }
  } catch (error) {
    return [{ unreadable: String(error) }];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function withParsedValues(row: Record<string, unknown>): Record<string, unknown> {
  return 'value' in row ? { ...row, value: JSON.parse(String(row['value'])) as unknown } : row;
}

/** The host and what it has started. */
function processesOf(host: number): string[] {
  const lines = execFileSync('ps', ['-eo', 'pid,ppid,stat,etime,args'], { encoding: 'utf8' }).split('\n');
  return lines.filter((line) => {
    const [pid, parent] = line.trim().split(/\s+/).map(Number);
    return pid === host || parent === host;
  });
}
