const codes = { key: '\u001b[34m', string: '\u001b[32m', number: '\u001b[36m', word: '\u001b[35m' } as const;
const reset = '\u001b[0m';

/** Keys, strings, numbers, words: the parts of JSON that get a color. */
const parts = /("(?:[^"\\]|\\.)*")(\s*:)?|\b(true|false|null)\b|(-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)/g;

/** JSON with colors for a terminal. */
export function colored(json: string): string {
  return json.replace(
    parts,
    (whole, text: string | undefined, colon: string | undefined, word: string | undefined) => {
      if (text !== undefined) {
        return colon === undefined ? `${codes.string}${text}${reset}` : `${codes.key}${text}${reset}${colon}`;
      }
      return `${word === undefined ? codes.number : codes.word}${whole}${reset}`;
    },
  );
}
