import type { Format } from './formatNames';
import type { Column } from './table';
import type { Terminal } from './terminal';

/** How a result is to be printed. */
interface ResultStyle {
  readonly format: Format;
  readonly query: string | undefined;
  readonly columns: readonly Column[] | undefined;
}

/** Prints the result of a command. Nothing is printed of nothing, as az does: a shell variable is empty then. */
export async function printResult(terminal: Terminal, result: unknown, style: ResultStyle): Promise<void> {
  const { query, format } = style;
  const found = query === undefined ? result : (await import('./query.js')).queried(result, query);
  if (found === undefined || found === null) return;
  // A query has made another shape of it: the columns of the command do not fit that any more.
  terminal.print(await formatted(found, format, query === undefined ? style.columns : undefined, terminal));
}

async function formatted(
  result: unknown,
  format: Format,
  columns: readonly Column[] | undefined,
  terminal: Terminal,
): Promise<string> {
  switch (format) {
    case 'json':
      return json(result);
    case 'jsonc':
      return terminal.isInteractive ? (await import('./colors.js')).colored(json(result)) : json(result);
    case 'yaml':
    case 'yamlc':
      return (await import('yaml')).stringify(result, { lineWidth: 0 });
    case 'table':
      return (await import('./table.js')).table(result, columns);
    case 'tsv':
      return (await import('./tsv.js')).tsv(result);
    case 'none':
      return '';
  }
}

function json(result: unknown): string {
  return `${JSON.stringify(result, null, 2)}\n`;
}
