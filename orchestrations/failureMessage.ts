/** A failed activity arrives with the host's exception attached as JSON, which can be many kilobytes. */
const longest = 500;

/** The first line of what failed, short enough for a history. */
export function messageOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const firstLine = message.split('\n', 1)[0] ?? '';
  return firstLine.length > longest ? `${firstLine.slice(0, longest)}...` : firstLine;
}
