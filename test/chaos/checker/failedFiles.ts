import type { Evidence, InputFile } from './evidence';

/** The names of the files that the job tells as failed, each as often as it stands in its list. */
export function toldAsFailed({ jobFiles }: Evidence): string[] {
  const lines = jobFiles.get('failed_files.csv')?.toString('utf8').split('\n').slice(1) ?? [];
  return lines.filter((line) => line !== '').map((line) => line.slice(0, line.indexOf(',')));
}

/** The mini-batches of a plain loop. */
export function miniBatchesOf({ input, limits }: Evidence): (readonly InputFile[])[] {
  const { miniBatchSize: size } = limits;
  return Array.from({ length: Math.ceil(input.length / size) }, (_, i) =>
    input.slice(i * size, (i + 1) * size),
  );
}

/** How often the `run()` of each mini-batch has begun, by its first file. */
export function triesBegun({ tries }: Pick<Evidence, 'tries'>): ReadonlyMap<string, number> {
  const begun = new Map<string, number>();
  for (const { first } of tries) begun.set(first, (begun.get(first) ?? 0) + 1);
  return begun;
}
