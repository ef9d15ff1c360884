/** What a function threw, as an Error: whoever throws something else loses nothing of its text. */
export function toError(thrown: unknown): Error {
  if (thrown instanceof Error) return thrown;
  const error = new Error(describe(thrown));
  // The stack of this line would say nothing about the function.
  error.stack = `Error: ${error.message}`;
  return error;
}

function describe(thrown: unknown): string {
  if (thrown === undefined || thrown === null) return 'Unknown error';
  if (typeof thrown === 'string') return thrown;
  try {
    return JSON.stringify(thrown) ?? typeof thrown;
  } catch {
    return typeof thrown;
  }
}
