import { nearest } from '../../shared/schemas/nearest';
import { usageInvalid } from './usageInvalid';
import { groups, singleCommands, type Group, type Load } from './index';

/** What the words at the start of a command line ask for. */
export type Asked =
  | { readonly kind: 'version' }
  | { readonly kind: 'help' }
  | { readonly kind: 'completion'; readonly line: readonly string[] }
  | { readonly kind: 'group'; readonly name: string; readonly group: Group; readonly isHelp: boolean }
  | { readonly kind: 'command'; readonly load: Load; readonly rest: readonly string[] };

const helpFlags = ['--help', '-h'];

/**
 * Finds the command that a command line names; a leading `ml` is passed over, as lines written for `az` have it.
 * Fails with `UsageInvalid`.
 */
export function findCommand(line: readonly string[]): Asked {
  const args = line[0] === 'ml' ? line.slice(1) : line;
  const [first, second] = args;
  if (first === undefined || helpFlags.includes(first)) return { kind: 'help' };
  // `help job show` asks what `job show --help` asks.
  if (first === 'help') return findCommand([...args.slice(1), '--help']);
  // What the scripts of shells call; it is no command for people.
  if (first === '__complete') return { kind: 'completion', line: args.slice(1) };
  if (first === '--version') return { kind: 'version' };
  if (first.startsWith('-'))
    throw usageInvalid(`The command comes before its options, and '${first}' came first`);
  const single = entry(singleCommands, first);
  if (single !== undefined) return { kind: 'command', load: single, rest: args.slice(1) };
  const group = entry(groups, first);
  if (group === undefined) {
    throw usageInvalid(
      `'${first}' is not a command. ${advice(first, [...Object.keys(groups), ...Object.keys(singleCommands)])}`,
    );
  }
  if (second === undefined || helpFlags.includes(second)) {
    return { kind: 'group', name: first, group, isHelp: second !== undefined };
  }
  const load = entry(group.commands, second);
  if (load === undefined) {
    throw usageInvalid(
      `'${first}' has no command '${second}'. ${advice(second, Object.keys(group.commands))}`,
      first,
    );
  }
  return { kind: 'command', load, rest: args.slice(2) };
}

function advice(word: string, known: readonly string[]): string {
  const near = nearest(word, known);
  return near === undefined ? `There are: ${known.join(', ')}` : `Did you mean '${near}'?`;
}

function entry<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
