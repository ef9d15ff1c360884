import { setImmediate as nextTurn } from 'node:timers/promises';

/** Milliseconds after which the process gets a turn for other work. */
const longestStroke = 5;

/** Gives things that are at hand one after the other; now and then other work of the process comes between. */
export async function* givingTurns<T>(things: Iterable<T>): AsyncGenerator<T, void> {
  let turnEnds = performance.now() + longestStroke;
  for (const thing of things) {
    yield thing;
    if (performance.now() < turnEnds) continue;
    await nextTurn();
    turnEnds = performance.now() + longestStroke;
  }
}
