/**
 * What comes of a function, or undefined where it takes longer than so many milliseconds. Its code shares the process and
 * cannot be stopped: it goes on, and what comes of it then is dropped.
 *
 * @param limit undefined for none
 */
export async function withinLimit<Result>(
  result: Promise<Result>,
  limit: number | undefined,
): Promise<Result | undefined> {
  // A timer takes at most 2^31 - 1 ms; a longer limit than 24 days is none.
  if (limit === undefined || limit >= 2 ** 31) return result;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => (timer = setTimeout(resolve, limit, undefined)));
  try {
    return await Promise.race([result, late]);
  } finally {
    clearTimeout(timer);
  }
}
