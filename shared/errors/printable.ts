/** A caller's text as a part of one line: without control characters, which could forge further lines. */
export function printable(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f\u0085\u2028\u2029]/g, ' ');
}
