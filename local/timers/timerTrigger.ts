import type { InvocationInput } from '../invocation/invoker';
import { input, jsonData, stringData } from '../invocation/typedData';

/** When a monitored timer ran last and was to run next. Times are ISO texts. */
export interface ScheduleStatus {
  readonly last: string | null;
  readonly next: string;
  readonly updated: string;
}

/** The inputs of a timer function's invocation, as the host sends them. */
export function timerTrigger(
  triggerName: string,
  at: Date,
  status: ScheduleStatus | undefined,
  isPastDue: boolean,
): InvocationInput {
  const info = {
    Schedule: { AdjustForDST: true },
    ScheduleStatus: status === undefined ? null : scheduleStatus(status),
    IsPastDue: isPastDue,
  };
  return {
    inputData: [input(triggerName, jsonData(JSON.stringify(info)))],
    triggerMetadata: { TimerTrigger: stringData(invariantTime(at)) },
  };
}

/** The spelling of .NET for a time that never was. */
const never = '0001-01-01T00:00:00';

function scheduleStatus({ last, next, updated }: ScheduleStatus): object {
  return { Last: last ?? never, Next: next, LastUpdated: updated };
}

/** A time in the invariant culture of .NET: `11/22/2026 16:52:00`. */
function invariantTime(at: Date): string {
  const [date = '', clock = ''] = at.toISOString().split('T');
  const [year, month, day] = date.split('-');
  return `${month}/${day}/${year} ${clock.slice(0, 8)}`;
}
