import { Command as Parser, CommanderError, InvalidArgumentError, Option as ParserOption } from 'commander';
import type { AnyCommand } from './command';
import { globalOptions, type GlobalValues } from './globalOptions';
import { helpAfter, width } from './helpText';
import type { Option, Options } from './options';
import { usageInvalid } from './usageInvalid';

/** What a command line says: options of the command and those that all have, or that help is wanted. */
export type Parsed =
  { readonly help: string } | { readonly values: Record<string, unknown>; readonly globals: GlobalValues };

/** Reads the options of a command. Fails with `UsageInvalid`. */
export function parse(command: AnyCommand, args: readonly string[]): Parsed {
  const { parser, read } = parserOf(command);
  const usage = (reason: string): Error => usageInvalid(reason, command.path);
  refuseSwallowed(parser, args, usage);
  try {
    parser.parse([...args], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.code === 'commander.helpDisplayed') return { help: helpOf(command) };
    throw usage(reasonOf(error));
  }
  const values = read(command.options);
  const [alone, ...others] = parser.args;
  const { operand } = command;
  const isFree = operand !== undefined && values[operand] === undefined;
  if (isFree && alone !== undefined) values[operand] = alone;
  const odd = isFree ? others[0] : alone;
  if (odd !== undefined) throw usage(`'${odd}' is not expected: every value belongs to an option`);
  const globals = read(globalOptions);
  // Told last: an option that is misspelt is no option that is missing.
  checkText(command.options, values, usage);
  checkText(globalOptions, globals, usage);
  return { values, globals: globals as GlobalValues };
}

function checkText(
  options: Options,
  values: Readonly<Record<string, unknown>>,
  usage: (reason: string) => Error,
): void {
  for (const [name, { required, flags, mayBeEmpty }] of Object.entries(options)) {
    if (required && values[name] === undefined) throw usage(`The option '${flags}' is needed`);
    if (values[name] !== '' || mayBeEmpty === true) continue;
    throw usage(`The option '${flags}' is empty, as a shell variable is that is not set`);
  }
}

/** The help of a command. */
function helpOf(command: AnyCommand): string {
  return `${parserOf(command).parser.helpInformation()}${helpAfter(command)}`;
}

const ofEveryCommand = 'Options of every command:';

interface BuiltParser {
  readonly parser: Parser;
  /** The values of options, by the names that code has for them. */
  readonly read: (options: Options) => Record<string, unknown>;
}

function parserOf(command: AnyCommand): BuiltParser {
  const parser = new Parser(`batchpoint ${command.path}`)
    .usage(command.operand === undefined ? '[options]' : `[<${command.operand}>] [options]`)
    .summary(command.summary)
    .description([command.summary, ...(command.details ?? [])].join('\n\n'))
    .addHelpOption(new ParserOption('-h, --help', 'Show this.').helpGroup(ofEveryCommand))
    .allowExcessArguments()
    .configureHelp({ helpWidth: width })
    .configureOutput({ writeOut: () => undefined, writeErr: () => undefined })
    .exitOverride();
  const names = new Map<Option<unknown>, string>();
  const add = (options: Options, heading?: string): void => {
    for (const option of Object.values(options)) {
      const made = parserOption(option);
      if (heading !== undefined) made.helpGroup(heading);
      names.set(option, made.attributeName());
      parser.addOption(made);
    }
  };
  add(command.options);
  add(globalOptions, ofEveryCommand);
  const value = (option: Option<unknown>): unknown => {
    const given: unknown = parser.getOptionValue(names.get(option) ?? '');
    if (option.kind !== 'toggle') return given;
    // The parser takes --no-x as the opposite of an x that is true where nothing is said.
    return given === !/(?:^|, )--no-/.test(option.flags);
  };
  const read = (options: Options): Record<string, unknown> =>
    Object.fromEntries(Object.entries(options).map(([name, option]) => [name, value(option)]));
  return { parser, read };
}

function parserOption(option: Option<unknown>): ParserOption {
  const made = new ParserOption(option.flags, `${option.summary}${option.required ? ' (required)' : ''}`);
  const { choices, least, most } = option;
  if (choices !== undefined) made.choices(choices).argParser(oneOf(choices));
  if (option.kind === 'number') made.argParser(wholeNumber(least ?? 0, most));
  return made;
}

function oneOf(choices: readonly string[]): (value: string) => string {
  return (value) => {
    const found = choices.find((one) => one === value.toLowerCase());
    if (found === undefined) throw new InvalidArgumentError(`It is one of ${choices.join(', ')}.`);
    return found;
  };
}

function wholeNumber(least: number, most = Infinity): (value: string) => number {
  const range = most === Infinity ? `of at least ${least}` : `from ${least} to ${most}`;
  return (value) => {
    const number = /^-?\d{1,15}$/.test(value) ? Number(value) : NaN;
    if (number >= least && number <= most) return number;
    throw new InvalidArgumentError(`It is a whole number ${range}.`);
  };
}

/** An option that lacks its value would take the next option for it. */
function refuseSwallowed(parser: Parser, args: readonly string[], usage: (reason: string) => Error): void {
  const flags = new Map(
    parser.options.flatMap((option) =>
      [option.short, option.long].filter((flag) => flag !== undefined).map((flag) => [flag, option] as const),
    ),
  );
  for (const [i, arg] of args.entries()) {
    const next = args[i + 1];
    if (flags.get(arg)?.required !== true || next === undefined || !flags.has(next)) continue;
    const long = flags.get(arg)?.long ?? arg;
    throw usage(
      `'${arg}' lacks its value, as '${next}' is an option. If it is meant, write '${long}=${next}'`,
    );
  }
}

function reasonOf({ message }: CommanderError): string {
  const text = message.replace(/^error: /, '').replace(/\n\((.*)\)$/, '. $1');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
