import { setTimeout as wait } from 'node:timers/promises';
import { stateFolderOf } from '../host/stateFolder';
import { completionOf, matching, type Candidate, type Completion } from './completions';
import { splitLine } from './splitLine';

/** Milliseconds that a host has to tell its names: whoever types does not wait. */
const patience = 700;

/**
 * Writes what may come next on a command line, a candidate a line with its meaning behind a tab; `:file` and `:folder`
 * leave the rest to the shell. Bash gives the line as it is typed, other shells its words. Never fails, and never
 * writes anything else.
 */
export async function complete([shell, ...given]: readonly string[]): Promise<void> {
  try {
    const [line = '', breaks = ''] = given;
    const words = shell === 'bash' ? splitLine(line) : given;
    // The program itself comes first.
    const text = textOf(await found(words.slice(1)));
    process.stdout.write(shell === 'bash' ? behindBreak(text, words.at(-1) ?? '', breaks) : text);
  } catch {
    // An error in the line of whoever types helps nobody.
  }
  // A request that has not been answered is not waited for.
  process.exit(0);
}

async function found(words: readonly string[]): Promise<Completion> {
  const completion = await completionOf(words);
  if (completion.kind !== 'name') return completion;
  const { hostNames } = await import('./hostNames.js');
  const { of, given } = completion;
  const group = (words[0] === 'ml' ? words[1] : words[0]) ?? '';
  const place = { environment: process.env, stateFolder: stateFolderOf(process.env, process.cwd()) };
  const names = await Promise.race([hostNames(of, { given, group }, place), wait(patience, [])]);
  const typed = words.at(-1) ?? '';
  const [, flag = '', value = typed] = /^(--[^=]+=)(.*)$/s.exec(typed) ?? [];
  const matches = matching(
    names.map((word) => ({ word })),
    value,
  );
  if (matches.kind !== 'words') return matches;
  return { kind: 'words', words: matches.words.map(({ word }) => ({ word: `${flag}${word}` })) };
}

function textOf(completion: Completion): string {
  if (completion.kind !== 'words') return `:${completion.kind}\n`;
  return completion.words.map(lineOf).join('');
}

function lineOf({ word, summary }: Candidate): string {
  return summary === undefined ? `${word}\n` : `${word}\t${summary.replace(/\s+/g, ' ')}\n`;
}

/** Bash replaces only what stands behind the last character that it breaks words at, such as `=`. */
function behindBreak(text: string, typed: string, breaks: string): string {
  const at = Math.max(
    ...[...breaks].filter((one) => one.trim() !== '').map((one) => typed.lastIndexOf(one)),
    -1,
  );
  if (at < 0) return text;
  return text.replaceAll(new RegExp(`^.{${at + 1}}`, 'gm'), '');
}
