/** One option of a command, as help, documentation and parser need it. `Value` is what a command gets for it. */
export interface Option<Value> {
  /** As users write it, such as `-n, --name <name>`; two long names are two spellings of one option. */
  readonly flags: string;
  readonly summary: string;
  readonly kind: 'text' | 'number' | 'list' | 'toggle';
  readonly required: boolean;
  /** Whether text may be empty. Elsewhere that is a shell variable that is not set. */
  readonly mayBeEmpty?: boolean;
  readonly choices?: readonly string[];
  /** The least and the greatest value of a number. */
  readonly least?: number;
  readonly most?: number;
  /** Carries the type; it is never there. */
  readonly value?: Value;
}

/** The options of a command by the name that its code has for them. */
export type Options = Readonly<Record<string, Option<unknown>>>;

/** What a command gets: the value of every option. */
export type Values<O extends Options> = {
  readonly [Key in keyof O]: O[Key] extends Option<infer Value> ? Value : never;
};

/** Text; `undefined` where it is not given. */
export function text(flags: string, summary: string): Option<string | undefined> {
  return { flags, summary, kind: 'text', required: false };
}

/** Text that may also be empty. */
export function freeText(flags: string, summary: string): Option<string | undefined> {
  return { ...text(flags, summary), mayBeEmpty: true };
}

/** Text that has to be given. */
export function neededText(flags: string, summary: string): Option<string> {
  return { flags, summary, kind: 'text', required: true };
}

/** One of some words, in any case. */
export function choice<const Word extends string>(
  flags: string,
  summary: string,
  choices: readonly Word[],
): Option<Word | undefined> {
  return { flags, summary, kind: 'text', required: false, choices };
}

/** A whole number of at least `least`, and at most `most` where that is given. */
export function wholeNumber(
  flags: string,
  summary: string,
  least: number,
  most?: number,
): Option<number | undefined> {
  return { flags, summary, kind: 'number', required: false, least, ...(most === undefined ? {} : { most }) };
}

/** One or more texts; the option may also be repeated. Write its value as `<what...>`. */
export function list(flags: string, summary: string): Option<readonly string[] | undefined> {
  return { flags, summary, kind: 'list', required: false };
}

/** There or not. */
export function toggle(flags: string, summary: string): Option<boolean> {
  return { flags, summary, kind: 'toggle', required: false };
}
