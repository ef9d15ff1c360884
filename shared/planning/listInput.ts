import { join } from 'node:path';
import { FileFilter } from '../inputs/fileFilter';
import type { InputSource } from '../inputs/inputSource';
import { pathOf, type ListedFile } from '../inputs/listedFile';
import { entryOf, type ManifestEntry } from './manifestEntry';
import { withoutQuery } from '../inputs/urlRules';
import type { JobSpec } from '../jobs/jobSpec';
import { jobFileNames } from '../outputs/jobFiles';
import type { BlobStore } from '../stores/blobStore';
import { writeManifest, writeMiniBatches } from './manifest';
import type { ManifestHead, PlanNotes } from './manifestHead';
import { packBytes } from './packBytes';
import { SkippedFiles } from './skippedFiles';
import { sortedNames } from './sortedNames';
import { RowSplitter } from './splitRows';
import { supportedFiles, supportedTypes, unsupported } from './supportedTypes';

/** What an input is listed with. */
export interface ListContext {
  readonly blobs: BlobStore;
  readonly scratch: string;
  readonly newId: () => string;
  readonly now: () => Date;
  /** The files that are planned, the first ones of the input; all where it is left out. */
  readonly mostFiles?: number;
}

/** Sizes of mini-batches where none is given. */
const defaultSizes = { bytes: 100 * 1024 ** 2, rows: 10_000 } as const;

/** Lists the files of a job that are to be scored, in order, and writes them as its manifest. */
export async function listInput(
  context: ListContext,
  spec: JobSpec,
  source: InputSource,
): Promise<ManifestHead> {
  const attempt = context.newId();
  const listed = context.now().toISOString();
  const filter = FileFilter.of(spec.inputFilter);
  const skipped = new SkippedFiles(join(context.scratch, `skipped-${attempt}`));
  const supported = supportedTypes(spec);
  const skips = supported !== undefined && spec.settings.unsupportedTypes === 'skip';
  const by = spec.settings.miniBatch?.by ?? 'files';
  const files = chosen(
    source.list({ sizes: by !== 'files', versions: true, wants: filter.wants, enters: filter.enters }),
    filter,
  );
  const fit = supported === undefined || skips ? files : supportedFiles(files, supported, undefined);
  const sorted = sortedNames(fit, { scratch: join(context.scratch, 'planning') });
  const ordered = skips ? supportedFiles(sorted, supported, skipped) : sorted;
  const splitter = new RowSplitter(source, sizeOf(spec, 'rows'), never);

  const notes = async (count: number): Promise<PlanNotes | undefined> => {
    filter.refuseEmpty(withoutQuery(spec.inputUri));
    if (count === 0 && skips && skipped.first !== undefined) throw unsupported(skipped.first, supported);
    const skippedBytes = await skipped.stage(context.blobs, spec.key, attempt);
    const warnings = [...filter.warnings, ...skippedNote(skipped), ...unsplitNote(splitter)];
    if (warnings.length === 0) return undefined;
    return { warnings, ...(skippedBytes > 0 && { skippedBytes }) };
  };

  try {
    const { blobs, mostFiles } = context;
    if (by === 'files') {
      const miniBatchSize = spec.settings.miniBatch?.size ?? spec.settings.miniBatchSize;
      return await writeManifest(blobs, spec.key, firstOf(entries(ordered), mostFiles), {
        miniBatchSize,
        attempt,
        listed,
        notes,
      });
    }
    const miniBatches = by === 'rows' ? splitter.split(ordered) : packBytes(ordered, sizeOf(spec, by));
    return await writeMiniBatches(blobs, spec.key, firstOf(miniBatches, mostFiles), {
      attempt,
      listed,
      notes,
    });
  } finally {
    await skipped.close();
  }
}

/** Planning goes on to its end. */
const never = new AbortController().signal;

function sizeOf({ settings }: JobSpec, by: keyof typeof defaultSizes): number {
  return settings.miniBatch?.size ?? defaultSizes[by];
}

async function* chosen(
  pages: AsyncIterable<readonly ListedFile[]>,
  filter: FileFilter,
): AsyncGenerator<readonly ListedFile[]> {
  for await (const page of pages) yield filter.choose(page, pathOf);
}

async function* entries(
  pages: AsyncIterable<readonly ListedFile[]>,
): AsyncGenerator<readonly ManifestEntry[]> {
  for await (const page of pages) yield page.map(entryOf);
}

/** So many from the start, over all pages: names, or files and parts of mini-batches. */
async function* firstOf<T>(
  pages: AsyncIterable<readonly T[]>,
  most = Infinity,
): AsyncGenerator<readonly T[]> {
  let left = most;
  for await (const page of pages) {
    yield page.slice(0, left);
    left -= page.length;
    if (left <= 0) return;
  }
}

function skippedNote({ files }: SkippedFiles): string[] {
  if (files.count === 0) return [];
  const what = files.count === 1 ? '1 file is' : `${files.count} files are`;
  return [
    `${what} of a type that the model does not score, and skipped: ${files.toString()}. ${jobFileNames.skippedFiles} lists all.`,
  ];
}

function unsplitNote({ unsplit }: RowSplitter): string[] {
  if (unsplit.count === 0) return [];
  const what =
    unsplit.count === 1
      ? '1 file cannot be split by rows, and goes whole'
      : `${unsplit.count} files cannot be split by rows, and go whole`;
  return [`${what}: ${unsplit.toString()}.`];
}
