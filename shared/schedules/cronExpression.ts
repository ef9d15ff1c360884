import { Cron } from 'croner';
import { failure } from '../errors/batchpointError';
import { asUtc, localTime, momentOf } from './timeZones';

/** Words that stand for five fields. */
const nicknames: Readonly<Record<string, string>> = {
  '@hourly': '0 * * * *',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@weekly': '0 0 * * 0',
  '@monthly': '0 0 1 * *',
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
};

/**
 * The five fields of a cron expression, with one space between them; a nickname such as `@daily` is taken for its
 * fields. Fails with `CronInvalid`, which says what to write instead where that is known.
 */
export function cronFields(expression: string): string {
  const text = expression.trim();
  const refuse = (reason: string, cause?: unknown): never => {
    throw failure('CronInvalid', { expression, reason }, { cause });
  };
  if (text.startsWith('@')) {
    const known = `${Object.keys(nicknames).slice(0, -1).join(', ')} and @annually`;
    return nicknames[text.toLowerCase()] ?? refuse(`of words there are ${known}`);
  }
  const fields = text === '' ? [] : text.split(/\s+/);
  const five = fields.join(' ');
  if (fields.length === 6)
    refuse(`it has six, and no schedule is due by the second. Write '${fields.slice(1).join(' ')}'`);
  if (fields.length === 7)
    refuse(
      `it has seven, and there are none for seconds and years. Write '${fields.slice(1, -1).join(' ')}'`,
    );
  if (fields.length !== 5) refuse(`it has ${fields.length}`);
  const odd = /[^0-9a-z*,/ -]/i.exec(five)?.[0];
  if (odd !== undefined)
    refuse(`'${odd}' means nothing in it. There are numbers, names, '*', ',', '-' and '/'`);
  const word = /[a-z]+/gi;
  for (const [name] of five.matchAll(word))
    if (!names.has(name.toUpperCase()))
      refuse(`'${name}' is neither a month (JAN) nor a day of the week (MON)`);
  try {
    cronOf(five, 'UTC');
  } catch (error) {
    refuse(reasonOf(error), error);
  }
  return five;
}

const names = new Set(
  'JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC SUN MON TUE WED THU FRI SAT'.split(' '),
);

/**
 * The first time after `after` at which five fields are due; nothing where there is none. Where hours and minutes are all
 * given by numbers, what falls into an hour that clocks leave out is due at the end of that, and what they show twice is
 * due the first time; else an expression goes by what clocks show, minute by minute.
 */
export function nextCron(fields: string, timeZone: string, after: Date): Date | undefined {
  if (!/^[^*/]+ [^*/]+ /.test(fields)) return cronOf(fields, timeZone).nextRun(after) ?? undefined;
  // The library leaves out what is in a gap that ends at midnight, so it is asked for what a clock without gaps shows.
  const clock = cronOf(fields, 'UTC');
  let shown = clock.nextRun(asUtc(localTime(after, timeZone)));
  for (; shown !== null; shown = clock.nextRun(shown)) {
    const due = momentOf(localTime(shown, 'UTC'), timeZone);
    if (due > after) return due;
  }
  return undefined;
}

function cronOf(fields: string, timeZone: string): Cron {
  return new Cron(fields, { paused: true, timezone: timeZone, mode: '5-part', fixedTimeRule: 'no-wildcard' });
}

/** What the library says, without its own names. */
function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.replace(/^CronPattern: /, '').replace(/\.$/, '');
}
