/**
 * Does `work` for each of `items`, at most `limit` at once. After a failure nothing more is begun; it is
 * thrown when what was under way has ended, so that nothing goes on behind the caller's back.
 */
export async function forEachBounded<T>(
  limit: number,
  items: Iterable<T>,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const left = items[Symbol.iterator]();
  const failures: unknown[] = [];
  const workThrough = async (): Promise<void> => {
    for (let next = left.next(); next.done !== true && failures.length === 0; next = left.next()) {
      await work(next.value).catch((error: unknown) => failures.push(error));
    }
  };
  await Promise.all(Array.from({ length: limit }, workThrough));
  if (failures.length > 0) throw failures[0];
}
