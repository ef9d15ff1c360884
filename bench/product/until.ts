/**
 * Asks again and again until the answer is as wanted; an error of asking counts as an answer that is not. Between
 * two questions it waits for `pause` milliseconds.
 */
export async function until<T>(
  ask: () => Promise<T> | T,
  wanted: (answer: T) => boolean,
  pause = 10,
): Promise<T> {
  for (;;) {
    try {
      const answer = await ask();
      if (wanted(answer)) return answer;
    } catch {
      // What is asked for is not there yet.
    }
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}
