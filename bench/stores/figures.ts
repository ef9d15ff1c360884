/** The shortest and the middle of several times, in milliseconds. */
export interface Figure {
  readonly least: number;
  readonly median: number;
}

/**
 * Times `work` so many times, one after the other. `prepare` is not timed, and gives each time its argument.
 */
export async function time<T>(
  rounds: number,
  prepare: (round: number) => Promise<T>,
  work: (prepared: T) => Promise<unknown>,
): Promise<Figure> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const prepared = await prepare(round);
    const began = performance.now();
    await work(prepared);
    times.push(performance.now() - began);
  }
  times.sort((one, other) => one - other);
  return { least: times[0] ?? 0, median: times[Math.floor(times.length / 2)] ?? 0 };
}

/** A line of the report; `bare` is what the same takes without a store, as the measure of it. */
export function line(what: string, figure: Figure, bare?: Figure): string {
  const ratio = bare === undefined ? '' : `${(figure.median / bare.median).toFixed(2)} x`;
  const columns = [figure.least, figure.median].map((milliseconds) =>
    `${milliseconds.toFixed(2)} ms`.padStart(12),
  );
  return `${what.padEnd(52)}${columns.join('')}${ratio.padStart(10)}\n`;
}
