import type { Random } from '../../chaos/seeds';

/** A time of up to so many milliseconds, and now and then one of up to twenty times as many. */
export function latency(random: Random, usual: number): number {
  const most = random.chance(0.06) ? usual * 20 : usual;
  return random.next() * most;
}

/** A UUID that follows from the seed. */
export function uuid(random: Random): string {
  const hex = (digits: number): string =>
    Math.floor(random.next() * 16 ** digits)
      .toString(16)
      .padStart(digits, '0');
  return `${hex(8)}-${hex(4)}-4${hex(3)}-8${hex(3)}-${hex(6)}${hex(6)}`;
}

/** One of a list that has some. */
export function oneOf<T>(random: Random, list: readonly T[]): T {
  const [first, ...rest] = list;
  if (first === undefined) throw new Error('There is nothing to choose from.');
  return random.pick([first, ...rest]);
}
