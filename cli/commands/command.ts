import type { Context } from '../context';
import type { Column } from '../output/table';
import type { Options, Values } from './options';

/** An example of a command: what it does, and the line that does it, without `batchpoint` in front. */
export type Example = readonly [purpose: string, line: string];

/** A command of the command line. Help, documentation and parser are made from this. */
export interface Command<O extends Options = Options> {
  /** The words that name it, such as `endpoint create`. */
  readonly path: string;
  readonly summary: string;
  /** More about it, one paragraph each. */
  readonly details?: readonly string[];
  readonly options: O;
  /** The option of which the value may also stand alone, behind the command. */
  readonly operand?: keyof O & string;
  readonly examples: readonly [Example, ...Example[]];
  /** What `-o table` shows. */
  readonly columns?: readonly Column[];
  /** Does it. What it answers is printed; `undefined` prints nothing. */
  readonly run: (values: Values<O>, context: Context) => Promise<unknown>;
}

/** A command of any options, as the table of commands holds them. */
export type AnyCommand = Omit<Command, 'run'> & {
  readonly run: (values: never, context: Context) => Promise<unknown>;
};

/** Defines a command; the types of its options' values follow from their definitions. */
export function command<const O extends Options>(definition: Command<O>): Command<O> {
  return definition;
}
