/** All that an iterable gives. */
export async function gather<T>(items: AsyncIterable<T>): Promise<T[]> {
  const gathered: T[] = [];
  for await (const item of items) gathered.push(item);
  return gathered;
}

/** Expects work to fail with an error of the catalogue. */
export async function expectCode(work: Promise<unknown>, code: string): Promise<void> {
  await expect(work).rejects.toMatchObject({ code });
}

/** The codes of the failures among the outcomes of work done at once; successes are `won`. */
export async function outcomesOf(work: readonly Promise<unknown>[]): Promise<string[]> {
  const outcomes = await Promise.allSettled(work);
  return outcomes
    .map((outcome) => (outcome.status === 'fulfilled' ? 'won' : (outcome.reason as { code: string }).code))
    .sort();
}

/** The error that work fails with. */
export async function errorOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
}
