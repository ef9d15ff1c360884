/** Mini-batches `[from, to)`. */
export interface MiniBatchRange {
  readonly from: number;
  readonly to: number;
}

/**
 * Says where ranges fail to cover `[0, total)` exactly once: the first gap, overlap or overhang, or `undefined`
 * where they fit. Ranges come sorted by `from`.
 */
export function tilingFault(ranges: Iterable<MiniBatchRange>, total: number): string | undefined {
  let next = 0;
  for (const { from, to } of ranges) {
    if (from > next) return `mini-batches ${next} to ${from - 1} are missing`;
    if (from < next || to <= from) return `mini-batch ${from} is there twice`;
    next = to;
  }
  if (next < total) return `mini-batches ${next} to ${total - 1} are missing`;
  if (next > total) return `mini-batches ${total} to ${next - 1} are too many`;
  return undefined;
}
