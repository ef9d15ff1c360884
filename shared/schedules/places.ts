import { failure } from '../errors/batchpointError';
import { localTime, type LocalTime } from './timeZones';

const minuteMilliseconds = 60_000;

const place = /\{[^}]*\}?/g;
const placeForm = /^\{schedule(?:([+-]\d{1,5})([mhdw]))?:([^{}]+)\}$/;

/** What may stand in the format of a place; what is between quotes stands for itself. */
const piece = /yyyy|MM|dd|HH|mm|ss|T|'[^']*'|[^A-Za-z']/g;

/**
 * A path with the time in it at which a run is due, as clocks in the time zone show it: `{schedule:yyyy/MM/dd}`. It may be
 * moved by minutes, hours, days or weeks: `{schedule-1d:yyyyMMdd}` is the day before, also where that has another
 * number of hours than most. Fails with `SchedulePlaceInvalid`.
 */
export function expandPlaces(path: string, due: Date, timeZone: string): string {
  return path.replace(place, (text) => {
    const { offset, unit, format } = read(text, path);
    return formatted(moved(due, timeZone, offset, unit), format);
  });
}

/** Refuses with `SchedulePlaceInvalid` what is in braces and is no place for a time. */
export function checkPlaces(path: string): void {
  for (const [text] of path.matchAll(place)) read(text, path);
}

interface Place {
  readonly offset: number;
  readonly unit: string;
  readonly format: readonly string[];
}

function read(text: string, path: string): Place {
  const refuse = (reason: string): never => {
    const [schedule, yesterday] = ['{schedule:yyyy/MM/dd}', '{schedule-1d:yyyy/MM/dd}'];
    throw failure('SchedulePlaceInvalid', { place: text, path, reason, schedule, yesterday });
  };
  const [, offset = '0', unit = 'd', format] =
    placeForm.exec(text) ??
    refuse(
      text.startsWith('{schedule')
        ? "after 'schedule' there may be an offset, a sign with a number of m, h, d or w, and there has to be ':' with a format"
        : "only 'schedule' may stand in braces",
    );
  const pieces = format?.match(piece) ?? [];
  if (pieces.join('') !== format) refuse(`'${format}' is no format`);
  return { offset: Number(offset), unit, format: pieces };
}

/** Minutes and hours are those that pass, days and weeks those of the calendar. */
function moved(due: Date, timeZone: string, offset: number, unit: string): LocalTime {
  if (unit === 'm' || unit === 'h') {
    const minutes = offset * (unit === 'h' ? 60 : 1);
    return localTime(new Date(due.getTime() + minutes * minuteMilliseconds), timeZone);
  }
  const { year, month, day, ...clock } = localTime(due, timeZone);
  const date = new Date(Date.UTC(year, month - 1, day + offset * (unit === 'w' ? 7 : 1)));
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate(), ...clock };
}

function formatted(time: LocalTime, format: readonly string[]): string {
  const two = (number: number): string => String(number).padStart(2, '0');
  const values: Readonly<Record<string, string>> = {
    yyyy: String(time.year).padStart(4, '0'),
    MM: two(time.month),
    dd: two(time.day),
    HH: two(time.hour),
    mm: two(time.minute),
    ss: two(time.second),
  };
  return format.map((one) => values[one] ?? one.replaceAll("'", '')).join('');
}
