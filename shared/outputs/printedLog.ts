import { text } from 'node:stream/consumers';
import { jobPartition, jobPrefix } from '../jobs/jobKeys';
import type { Job } from '../jobs/jobStore';
import { claimRows, partName, type ClaimRow } from '../planning/claimRow';
import type { BlobStore } from '../stores/blobStore';
import type { TableStore } from '../stores/tableStore';

interface PrintedPart {
  readonly name: string;
  readonly at: number;
}

/** The most bytes of a log that is shown as one text. */
const mostBytes = 16 * 1024 * 1024;

/**
 * What the scripts of a job have printed, as one text that only grows while the job runs: claims come in the order in
 * which they were scored, so that clients which count the lines they have seen can go on. A longer one ends with a notice.
 */
export async function printedLog(
  stores: { readonly tables: TableStore; readonly blobs: BlobStore },
  { spec }: Job,
): Promise<string> {
  const parts = await printedParts(stores, spec.key);
  const texts: string[] = [];
  let left = mostBytes;
  for (const { name } of parts) {
    const printed = await text(await stores.blobs.read(name));
    left -= printed.length;
    if (left < 0)
      return [...texts, `[... 'batchpoint job download -n ${spec.name} --all' gets all of it ...]\n`].join(
        '',
      );
    texts.push(printed === '' || printed.endsWith('\n') ? printed : `${printed}\n`);
  }
  return texts.join('');
}

async function printedParts(
  { tables, blobs }: { readonly tables: TableStore; readonly blobs: BlobStore },
  key: string,
): Promise<PrintedPart[]> {
  const parts: PrintedPart[] = [];
  for await (const { value } of tables.query<ClaimRow>(jobPartition(key), claimRows)) {
    if (value.outcome === undefined) continue;
    for (const stream of ['stdout', 'stderr'] as const) {
      if (value.outcome.parts[stream] === undefined) continue;
      const name = `${jobPrefix(key)}${partName(value, value.outcome.attempt, stream)}`;
      const present = await blobs.stat(name);
      if (present !== undefined) parts.push({ name, at: present.modified.getTime() });
    }
  }
  return parts.sort((a, b) => a.at - b.at || (a.name < b.name ? -1 : 1));
}
