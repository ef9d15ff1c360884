/** Things in their order, of which the one in front is seen: `undefined` at the end. */
export interface Run<T> {
  readonly front: T | undefined;
  advance(): void;
}

/** Merges sorted runs into one order; a heap keeps the run with the least thing on top. */
export function* mergeRuns<T>(
  runs: readonly Run<T>[],
  isBefore: (a: T, b: T) => boolean,
): Generator<T, void> {
  const heap = runs.filter(({ front }) => front !== undefined);
  const isLess = (a: Run<T> | undefined, b: Run<T> | undefined): boolean =>
    a?.front !== undefined && b?.front !== undefined && isBefore(a.front, b.front);
  const sink = (from: number): void => {
    for (let i = from; ;) {
      const left = 2 * i + 1;
      const smaller = isLess(heap[left + 1], heap[left]) ? left + 1 : left;
      const [parent, child] = [heap[i], heap[smaller]];
      if (parent === undefined || child === undefined || !isLess(child, parent)) return;
      [heap[i], heap[smaller]] = [child, parent];
      i = smaller;
    }
  };
  for (let i = (heap.length >> 1) - 1; i >= 0; i--) sink(i);
  for (let top = heap[0]; top?.front !== undefined; top = heap[0]) {
    yield top.front;
    top.advance();
    if (top.front === undefined) dropTop(heap);
    sink(0);
  }
}

function dropTop<T>(heap: Run<T>[]): void {
  const last = heap.pop();
  if (last !== undefined && heap.length > 0) heap[0] = last;
}
