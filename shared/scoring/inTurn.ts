/** Does `work` for each of `items`, at most `limit` at once, and gives what came of it in their order. */
export async function inTurn<Item, Result>(
  limit: number,
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  if (items.length <= limit) return Promise.all(items.map(work));
  const results: Result[] = [];
  let next = 0;
  const workThrough = async (): Promise<void> => {
    for (let i = next++; i < items.length; i = next++) results[i] = await work(items[i] as Item);
  };
  await Promise.all(Array.from({ length: limit }, workThrough));
  return results;
}
