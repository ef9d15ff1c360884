import type { AnyCommand } from '../commands/command';
import { findCommand } from '../commands/findCommand';
import { globalOptions } from '../commands/globalOptions';
import { groups, loadCommand, singleCommands } from '../commands/index';
import type { Option } from '../commands/options';
import { kindOfValue, type ValueKind } from './valueKind';

/** A word that may come next, and what it means. */
export interface Candidate {
  readonly word: string;
  readonly summary?: string;
}

/** What may come next: words, a file, a folder, or a name that the host knows. */
export type Completion =
  | { readonly kind: 'words'; readonly words: readonly Candidate[] }
  | { readonly kind: 'file' | 'folder' }
  | { readonly kind: 'name'; readonly of: ValueKind; readonly given: Given };

/** What the line says already, by the long names of options without their dashes. */
export type Given = Readonly<Record<string, string>>;

const nothing: Completion = { kind: 'words', words: [] };

/** What may come at the end of a command line: `words` are those after the program, the last one as far as it is typed. */
export async function completionOf(words: readonly string[]): Promise<Completion> {
  // Behind these stand the same words again.
  const line = ['ml', 'help'].includes(words[0] ?? '') && words.length > 1 ? words.slice(1) : words;
  const typed = line.at(-1) ?? '';
  const before = line.slice(0, -1);
  const [first, second] = before;
  if (first === undefined) return atRoot(words.length === 1, typed);
  const group = Object.hasOwn(groups, first) ? groups[first] : undefined;
  if (group !== undefined && second === undefined) {
    const commands = await Promise.all(Object.values(group.commands).map(loadCommand));
    return matching(
      commands.map(({ path, summary }) => ({ word: path.split(' ')[1] ?? '', summary })),
      typed,
    );
  }
  try {
    const asked = findCommand(before);
    if (asked.kind !== 'command') return nothing;
    return inCommand(await loadCommand(asked.load), asked.rest, typed);
  } catch {
    // A line that names no command is told when it is run, not while it is typed.
    return nothing;
  }
}

async function atRoot(isFirst: boolean, typed: string): Promise<Completion> {
  const single = await Promise.all(Object.values(singleCommands).map(loadCommand));
  return matching(
    [
      ...Object.entries(groups).map(([word, { summary }]) => ({ word, summary })),
      ...single.map(({ path, summary }) => ({ word: path, summary })),
      { word: 'help', summary: 'Show help.' },
      ...(isFirst && typed !== '' ? [{ word: 'ml', summary: 'Accepted, and means nothing.' }] : []),
      ...(typed.startsWith('-') ? [{ word: '--help' }, { word: '--version' }] : []),
    ],
    typed,
  );
}

function inCommand(command: AnyCommand, rest: readonly string[], typed: string): Completion {
  const options = [...Object.values(command.options), ...Object.values(globalOptions)];
  const [, flag = '', value] = /^(--[^=]+)=(.*)$/s.exec(typed) ?? [];
  if (value !== undefined) {
    const option = options.find((one) => spellings(one).includes(flag));
    const found = option === undefined ? nothing : ofValue(command, option, rest, value);
    // The value of a name is told apart from its option where the names are known.
    if (found.kind === 'name') return found;
    if (found.kind !== 'words') return nothing;
    return { kind: 'words', words: found.words.map((one) => ({ ...one, word: `${flag}=${one.word}` })) };
  }
  const open = openOption(options, rest);
  if (open !== undefined && !(typed.startsWith('-') && open.isFilled)) {
    return ofValue(command, open.option, rest, typed);
  }
  const used = options.filter(
    (option) => option.kind !== 'list' && rest.some((word) => spellings(option).includes(nameOf(word))),
  );
  const flags = options
    .filter((option) => !used.includes(option))
    .flatMap((option) => spellings(option).map((word) => ({ word, summary: option.summary })));
  return matching([...flags, { word: '--help', summary: 'Show help.' }].filter(isLongOr(typed)), typed);
}

/** Short flags are offered where one has begun to be typed: the long ones say what they mean. */
function isLongOr(typed: string): (candidate: Candidate) => boolean {
  return ({ word }) =>
    word.startsWith('--') || (typed.length === 2 && !typed.startsWith('--') && word === typed);
}

/** The option at the end that takes a value; filled, where it has one already and takes more. */
function openOption(
  options: readonly Option<unknown>[],
  rest: readonly string[],
): { readonly option: Option<unknown>; readonly isFilled: boolean } | undefined {
  const at = rest.findLastIndex((word) => word.startsWith('-') && word.length > 1);
  const word = rest[at];
  if (word === undefined || word.includes('=')) return undefined;
  const option = options.find((one) => spellings(one).includes(word));
  if (option === undefined || option.kind === 'toggle') return undefined;
  const values = rest.length - 1 - at;
  if (values > 0 && option.kind !== 'list') return undefined;
  return { option, isFilled: values > 0 };
}

function ofValue(
  command: AnyCommand,
  option: Option<unknown>,
  rest: readonly string[],
  typed: string,
): Completion {
  if (option.choices !== undefined)
    return matching(
      option.choices.map((word) => ({ word })),
      typed,
    );
  const kind = kindOfValue(command, option);
  if (kind === undefined) return nothing;
  if (kind === 'file' || kind === 'folder') return { kind };
  return { kind: 'name', of: kind, given: givenIn(command, rest) };
}

/** The values of the options in a line that take one. */
function givenIn(command: AnyCommand, rest: readonly string[]): Given {
  const given: [string, string][] = [];
  for (const option of Object.values(command.options)) {
    const at = rest.findLastIndex((word) => spellings(option).includes(nameOf(word)));
    const word = rest[at];
    if (word === undefined || option.kind === 'toggle') continue;
    const value = word.includes('=') ? word.slice(word.indexOf('=') + 1) : rest[at + 1];
    const long = spellings(option).find((one) => one.startsWith('--'));
    if (value !== undefined && long !== undefined) given.push([long.slice(2), value]);
  }
  return Object.fromEntries(given);
}

/** All spellings of an option, such as `-n` and `--name`. */
export function spellings({ flags }: Option<unknown>): string[] {
  return flags.replace(/\s*<.*$/, '').split(/,\s*/);
}

function nameOf(word: string): string {
  return word.startsWith('--') ? word.replace(/=.*$/s, '') : word;
}

/** Of some candidates those that begin as what is typed. */
export function matching(words: readonly Candidate[], typed: string): Completion {
  return { kind: 'words', words: words.filter(({ word }) => word.startsWith(typed)) };
}
