import type { AnsweredEvents } from '../client/resources';

/** What scripts printed, line by line, each with its worker in front. */
export function printedLines(printed: AnsweredEvents['printed']): string[] {
  return printed.flatMap(({ worker, stream, text }) => {
    const prefix = stream === 'stderr' ? `[${worker} stderr]` : `[${worker}]`;
    const lines = text.replace(/\r?\n$/, '').split(/\r?\n/);
    return lines.map((line) => `${prefix} ${cleanLine(line)}`);
  });
}

/** A line without what would move the cursor of a terminal: of a line that was drawn over, its last state stays. */
function cleanLine(line: string): string {
  const last = line.replace(/\r+$/, '').split('\r').at(-1) ?? '';
  // Colors may stay; other escape sequences and control characters go.
  return last
    .replace(/\u001b\[(?![\d;]*m)[0-?]*[ -/]*[@-~]|\u001b(?!\[[\d;]*m)/g, '')
    .replace(/[\u0000-\u0008\u000a-\u001a\u001c-\u001f\u007f]/g, '');
}
