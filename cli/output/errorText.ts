import type { ErrorBody } from '../../shared/errors/batchpointError';

/** An error as it stands on standard error: its code, its message, and a line or more for each detail. */
export function errorText({ code, message, details = [] }: ErrorBody): string {
  const told = details.filter((detail) => detail.message !== message && !message.endsWith(detail.message));
  return [`ERROR: (${code}) ${message}`, ...told.map((detail) => indented(detail.message))].join('\n') + '\n';
}

/** Lines of a text, each with two blanks in front. */
export function indented(text: string): string {
  return text.trimEnd().replace(/^/gm, '  ');
}
