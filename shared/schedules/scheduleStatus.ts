import type { Schedule } from '../schemas/answers/generated';

/** How a schedule goes, as clients see it. */
export type ScheduleStatus = Schedule['properties']['status'];
