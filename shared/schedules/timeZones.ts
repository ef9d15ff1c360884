import { findIana, WINDOWS_TO_IANA_MAP } from 'windows-iana';
import { failure } from '../errors/batchpointError';
import { nearest } from '../schemas/nearest';

/** What a clock on the wall shows. Months count from 1. */
export interface LocalTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

/** So many names are offered for one that is not known. */
const offered = 3;

/**
 * The IANA name of a time zone that is given by that or by the name that Windows has for it; upper and lower case are
 * the same. Fails with `TimeZoneUnknown`, which names those that are spelt nearly so.
 */
export function timeZoneOf(name: string): string {
  const given = name.trim();
  if (given.toLowerCase() === 'utc') return 'UTC';
  const windows = windowsNames().find((one) => one.toLowerCase() === given.toLowerCase());
  const [iana] = windows === undefined ? [] : findIana(windows);
  if (iana !== undefined) return iana;
  // An offset such as +09:00 is taken by some versions of Node only, and knows no daylight saving.
  if (/^[a-z]/i.test(given) && isKnown(given)) return inKnownCase(given);
  const near = nearNames(given).map((one) => `'${one}'`);
  throw failure('TimeZoneUnknown', {
    zone: name,
    near: near.length === 0 ? '' : `. Near to it are ${near.join(', ')}`,
  });
}

/** What clocks in a time zone show at a moment. */
export function localTime(moment: Date, timeZone: string): LocalTime {
  const parts = Object.fromEntries(
    formatOf(timeZone)
      .formatToParts(moment)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const { year = NaN, month = NaN, day = NaN, hour = NaN, minute = NaN, second = NaN } = parts;
  return { year, month, day, hour, minute, second };
}

/** What clocks would show if they showed UTC, and the moment at which that is so. */
export function asUtc({ year, month, day, hour, minute, second }: LocalTime): Date {
  return new Date(Date.UTC(year, month - 1, day, hour, minute, second));
}

/** More than any two clocks are apart, and less than two changes of the clocks of a place. */
const dayMilliseconds = 86_400_000;

/**
 * The moment at which clocks in a time zone show this: the first one where they show it twice, and the end of the gap
 * where they leave it out, also where that is a gap of a whole day, or ends at midnight.
 */
export function momentOf(shown: LocalTime, timeZone: string): Date {
  const wanted = asUtc(shown).getTime();
  const before = offsetAt(wanted - dayMilliseconds, timeZone);
  const after = offsetAt(wanted + dayMilliseconds, timeZone);
  const [early, late] = [wanted - Math.max(before, after), wanted - Math.min(before, after)];
  for (const moment of [early, late])
    if (moment + offsetAt(moment, timeZone) === wanted) return new Date(moment);
  return new Date(endOfGap(early, late, timeZone));
}

/** The moment after `from`, and not after `to`, from which on clocks have the offset that they have at `to`. */
function endOfGap(from: number, to: number, timeZone: string): number {
  let [low, high] = [from, to];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(middle, timeZone) === offsetAt(to, timeZone)) high = middle;
    else low = middle;
  }
  return high;
}

/** Milliseconds by which clocks in a time zone are ahead of UTC. */
function offsetAt(moment: number, timeZone: string): number {
  const second = 1_000;
  return asUtc(localTime(new Date(moment), timeZone)).getTime() - Math.floor(moment / second) * second;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Making one takes longer than its use. */
function formatOf(timeZone: string): Intl.DateTimeFormat {
  const present = formats.get(timeZone);
  if (present !== undefined) return present;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formats.set(timeZone, format);
  return format;
}

function isKnown(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** As the list has it; names that it leaves out, such as `Asia/Kolkata`, are good too. */
function inKnownCase(name: string): string {
  return Intl.supportedValuesOf('timeZone').find((one) => one.toLowerCase() === name.toLowerCase()) ?? name;
}

function windowsNames(): string[] {
  return [...new Set(WINDOWS_TO_IANA_MAP.map(({ windowsName }) => windowsName))];
}

/** Those of that city, and those that are spelt nearly so. */
function nearNames(name: string): string[] {
  const known = ['UTC', ...Intl.supportedValuesOf('timeZone'), ...windowsNames()];
  const city = lastPart(name);
  const found = known.filter((one) => lastPart(one) === city);
  while (found.length < offered) {
    const next = nearest(
      name,
      known.filter((one) => !found.includes(one)),
    );
    if (next === undefined) break;
    found.push(next);
  }
  return found.slice(0, offered);
}

function lastPart(name: string): string {
  return name
    .slice(name.lastIndexOf('/') + 1)
    .toLowerCase()
    .replaceAll(' ', '_');
}
