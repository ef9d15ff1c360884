import { extname } from 'node:path';
import { failure } from '../errors/batchpointError';
import { pathOf, type ListedFile } from '../inputs/listedFile';
import type { JobSpec } from '../jobs/jobSpec';
import type { SkippedFiles } from './skippedFiles';

/** Types of files that a model without a script scores. */
const modelTypes = ['.csv', '.parquet', '.pqt', '.png', '.jpg', '.jpeg', '.tiff', '.bmp', '.gif'];

/** The types of files that a job scores; `undefined` where its script decides. */
export function supportedTypes(spec: JobSpec): readonly string[] | undefined {
  return spec.code === undefined ? modelTypes : undefined;
}

/**
 * Passes files on that are of these types. The first other one is `InputTypeUnsupported`, unless such files are to be
 * skipped: then all of them are noted.
 */
export async function* supportedFiles(
  pages: AsyncIterable<readonly ListedFile[]>,
  supported: readonly string[],
  skipped: SkippedFiles | undefined,
): AsyncGenerator<readonly ListedFile[]> {
  for await (const page of pages) {
    const odd = page.filter((file) => !supported.includes(typeOf(file)));
    if (odd[0] !== undefined && skipped === undefined) throw unsupported(odd[0], supported);
    for (const file of odd) await skipped?.add(pathOf(file), typeOf(file));
    yield odd.length === 0 ? page : page.filter((file) => supported.includes(typeOf(file)));
  }
}

/** The error about a file that cannot be scored. */
export function unsupported(file: ListedFile, supported: readonly string[]): Error {
  const type = extname(pathOf(file)) || '(none)';
  return failure('InputTypeUnsupported', { file: pathOf(file), type, supported: supported.join(' ') });
}

function typeOf(file: ListedFile): string {
  return extname(pathOf(file)).toLowerCase();
}
