/** What clocks in a time zone show. */
export interface ClockFace {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  /** 0 for Sunday. */
  readonly weekday: number;
}

/** A minute of a time zone, by nothing but the calendar of the platform. */
interface Minute {
  readonly moment: Date;
  readonly face: ClockFace;
  /** Whether clocks show this for the second time. */
  readonly again: boolean;
  /** What clocks have passed over right before it. */
  readonly passedOver: readonly ClockFace[];
}

const minute = 60_000;

/** Every minute of a stretch of time. */
export function minutesOf(timeZone: string, from: string, to: string): readonly Minute[] {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'short',
    hourCycle: 'h23',
  });
  const minutes: Minute[] = [];
  let last = Infinity;
  for (let time = Date.parse(from); time < Date.parse(to); time += minute) {
    const [, day, month, year, clock] =
      /^(\d\d)\/(\d\d)\/(\d{4}), (\d\d:\d\d)$/.exec(format.format(time)) ?? [];
    const local = Date.parse(`${year}-${month}-${day}T${clock}Z`);
    const passedOver: ClockFace[] = [];
    for (let gap = last + minute; gap < local; gap += minute) passedOver.push(faceOf(gap));
    minutes.push({
      moment: new Date(time),
      face: faceOf(local),
      again: local <= last && last !== Infinity,
      passedOver,
    });
    // After clocks were set back, what they show is old until it is as late as it was.
    last = last === Infinity ? local : Math.max(last, local);
  }
  return minutes;
}

function faceOf(local: number): ClockFace {
  const date = new Date(local);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    weekday: date.getUTCDay(),
  };
}

/**
 * The moments at which something is due that is due whenever clocks show what `matches`. What is `fixed` is due once
 * where they show it twice, and at the end of a gap where they leave it out; else it goes by what they show.
 */
export function dueByMinutes(
  minutes: readonly Minute[],
  matches: (face: ClockFace) => boolean,
  fixed: boolean,
): string[] {
  return minutes
    .filter(
      ({ face, again, passedOver }) =>
        (matches(face) && !(fixed && again)) || (fixed && passedOver.some(matches)),
    )
    .map(({ moment }) => moment.toISOString());
}
