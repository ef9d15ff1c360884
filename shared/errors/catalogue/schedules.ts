import type { ErrorEntry } from '../errorEntry';

/** Schedules: what can be wrong with their times, and why a run of one starts no job. */
export const scheduleErrors = {
  CronInvalid: {
    status: 400,
    text: "'{expression}' is no cron expression of five fields (minute, hour, day of month, month, day of week): {reason}.",
  },
  ScheduleNeverDue: {
    status: 400,
    text: 'The schedule would never be due: {reason}.',
  },
  TimeZoneUnknown: {
    status: 400,
    text: "There is no time zone '{zone}'. Write a name of the IANA, such as Asia/Seoul, or one of Windows, such as 'Korea Standard Time'{near}.",
  },
  ScheduleTimeInvalid: {
    status: 400,
    text: "'{time}' cannot be the {which} of a schedule: {reason}.",
  },
  RecurrenceInvalid: {
    status: 400,
    text: "A recurrence by the {frequency} cannot have '{field}': {reason}.",
  },
  SchedulePlaceInvalid: {
    status: 400,
    text: "'{place}' in '{path}' names no time: {reason}. Write for instance {schedule}, or {yesterday} for the day before; there are yyyy, MM, dd, HH, mm and ss.",
  },
  ScheduleOutputRepeats: {
    status: 400,
    text: "The runs that are due at {one} and at {other} would both write '{output}', and an output that exists is never written over: the second one would fail. Put the time of the run into the path, as in {place}.",
  },
  NewestOutputMissing: {
    status: 409,
    text: 'No job of {source} has completed and has a predictions file, so there is no newest output of it to score.',
  },
  ScheduleOverlap: {
    status: 409,
    text: "A job that the schedule has started before has not ended, and its concurrency is '{concurrency}'. The next run starts one if that has ended by then.",
  },
  ScheduleRunFailed: {
    status: 500,
    text: 'The run of the schedule could not start its job: {reason}. It is tried again for five minutes.',
    retryable: true,
  },
} as const satisfies Record<string, ErrorEntry>;
