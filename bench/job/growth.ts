import type { Figure } from '../figure';

/** How long work of a size took. */
export interface SizeTime {
  readonly size: number;
  readonly time: number;
}

/** How time grows with size: the slope of the line of least squares through the logarithms of all of them. */
export function growthExponent(measured: readonly SizeTime[]): number {
  const points = measured.map(({ size, time }) => ({ x: Math.log(size), y: Math.log(time) }));
  const mean = (of: (point: { x: number; y: number }) => number): number =>
    points.reduce((sum, point) => sum + of(point), 0) / points.length;
  const [x, y] = [mean((point) => point.x), mean((point) => point.y)];
  return mean((point) => (point.x - x) * (point.y - y)) / mean((point) => (point.x - x) ** 2);
}

/** The figure of how time grows; `each` says why nothing can grow by less than one. */
export function growthFigure(
  { id, what, each }: { readonly id: string; readonly what: string; readonly each: string },
  measured: readonly SizeTime[],
): Figure {
  const exponent = growthExponent(measured);
  return {
    id,
    what,
    unit: 'exponent',
    atMost: 1.05,
    least: exponent,
    median: exponent,
    bound: { value: 1, unit: 'exponent', ratio: exponent, from: each },
    from: `least squares over ${measured.length} sizes`,
    raw: { milliseconds: measured.map(({ time }) => time) },
  };
}
