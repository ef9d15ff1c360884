/**
 * Does `work` for each of `items`, at most `limit` at once. After a failure nothing more is begun; it is
 * thrown when what was under way has ended, so that nothing goes on behind the caller's back.
 */
export async function forEachBounded<T>(
  limit: number,
  items: Iterable<T> | AsyncIterable<T>,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const left = Symbol.asyncIterator in items ? items[Symbol.asyncIterator]() : items[Symbol.iterator]();
  const failures: unknown[] = [];
  const workThrough = async (): Promise<void> => {
    for (
      let next = await left.next();
      next.done !== true && failures.length === 0;
      next = await left.next()
    ) {
      await work(next.value).catch((error: unknown) => failures.push(error));
    }
  };
  try {
    await Promise.all(Array.from({ length: limit }, workThrough));
  } finally {
    await left.return?.();
  }
  if (failures.length > 0) throw failures[0];
}
