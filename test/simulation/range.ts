import { mutations } from './mutations';
import { simulate, type SeenViolation, type Verdict } from './verdict';

/** Seeds that one process goes through. */
export interface SeedRange {
  readonly from: number;
  readonly to: number;
  /** The name of a fault that is put into the engine on purpose. */
  readonly mutation: string | undefined;
  /** Whether to end at the first violation. */
  readonly untilFound: boolean;
}

/** What came of a range, and of each further piece of it while it is under way. */
export interface RangeResult {
  readonly seeds: number;
  readonly steps: number;
  readonly faults: number;
  /** How the jobs ended: states, and codes of errors. */
  readonly ends: Readonly<Record<string, number>>;
  /** Tells what happened in all runs, whatever the pieces that they were done in. */
  readonly digest: string;
  readonly found: readonly FoundViolation[];
}

/** A seed with what did not hold. */
export interface FoundViolation {
  readonly seed: number;
  readonly violations: readonly SeenViolation[];
}

export const nothingDone: RangeResult = { seeds: 0, steps: 0, faults: 0, ends: {}, digest: '0', found: [] };

/** Seeds after which a piece is told. */
const pieceSeeds = 200;

/** Runs the simulations of a range, piece by piece. */
export async function* runRange({ from, to, mutation, untilFound }: SeedRange): AsyncGenerator<RangeResult> {
  const mutate = mutation === undefined ? undefined : mutations[mutation]?.mutate;
  if (mutation !== undefined && mutate === undefined) throw new Error(`There is no mutation '${mutation}'.`);
  // No stack is looked at, and to gather them takes a good part of the time.
  Error.stackTraceLimit = 0;
  let piece = nothingDone;
  for (let seed = from; seed < to; seed++) {
    const verdict = await simulate(seed, mutate === undefined ? {} : { mutate });
    piece = sumOf(piece, resultOf(verdict));
    const isFound = untilFound && piece.found.length > 0;
    if (piece.seeds < pieceSeeds && !isFound) continue;
    yield piece;
    if (isFound) return;
    piece = nothingDone;
  }
  if (piece.seeds > 0) yield piece;
}

/** The sum of two results, whichever comes first. */
export function sumOf(a: RangeResult, b: RangeResult): RangeResult {
  const ends: Record<string, number> = { ...a.ends };
  for (const [end, times] of Object.entries(b.ends)) ends[end] = (ends[end] ?? 0) + times;
  return {
    seeds: a.seeds + b.seeds,
    steps: a.steps + b.steps,
    faults: a.faults + b.faults,
    ends,
    digest: (BigInt(`0x${a.digest}`) ^ BigInt(`0x${b.digest}`)).toString(16),
    found: [...a.found, ...b.found].sort((one, other) => one.seed - other.seed),
  };
}

function resultOf({ seed, steps, faults, states, digest, violations }: Verdict): RangeResult {
  const found = violations.length === 0 ? [] : [{ seed, violations }];
  let result: RangeResult = { ...nothingDone, seeds: 1, steps, faults, digest, found };
  for (const state of states) result = sumOf(result, { ...nothingDone, ends: { [state]: 1 } });
  return result;
}
