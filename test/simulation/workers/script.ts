/** What a simulated script does with files, but for chance. */
export interface Script {
  /** The bytes of the rows of one file, whatever happens around. */
  readonly rowsOf: (file: string) => string;
  /** Files with which every `run()` raises. */
  readonly raises: ReadonlySet<string>;
  /** Files of which `run()` gives no element. */
  readonly skips: ReadonlySet<string>;
  /** Milliseconds that a file takes, usually. */
  readonly milliseconds: number;
  readonly chance: ScriptFaults;
}

/** What befalls a `run()` by chance, as probabilities. */
export interface ScriptFaults {
  readonly raises: number;
  readonly hangs: number;
  readonly dies: number;
  /** From then on nothing befalls it. */
  readonly calmFrom: number;
}

/** What a `run()` comes to. */
export type RunEnd = 'done' | 'raises' | 'hangs' | 'dies';

/** A `run()` that has begun, as the script notes it. */
export interface RunNote {
  readonly at: number;
  readonly first: string;
  /** Where it was not let come to its end, it has just begun. */
  end: RunEnd | 'begun';
}
