/**
 * The words of a line as a shell sees them: quotes and backslashes are taken away. The last one is as far as it is
 * typed, and empty behind a blank. Whatever comes before the last `;`, `|` or `&` is another command.
 */
export function splitLine(line: string): string[] {
  let words: string[] = [''];
  let quote = '';
  for (let at = 0; at < line.length; at++) {
    const character = line[at] ?? '';
    const add = (text: string): void => void (words[words.length - 1] += text);
    if (character === '\\' && quote !== "'") add(line[++at] ?? '');
    else if (character === quote) quote = '';
    else if (quote !== '') add(character);
    else if (character === '"' || character === "'") quote = character;
    else if (/[;|&(\n]/.test(character)) words = [''];
    else if (!/\s/.test(character)) add(character);
    else if (words.at(-1) !== '') words.push('');
  }
  return words;
}
