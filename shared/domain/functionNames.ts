/**
 * The names under which orchestrations and activities are registered and called. The real host waits for ever on
 * a name that nobody registered, so both sides take them from here. HTTP functions share this name space.
 */
export const orchestrationNames = {
  scoreJob: 'scoreJob',
  scoreLane: 'scoreLane',
  scoreLaneGroup: 'scoreLaneGroup',
} as const;

/** What orchestrations that wait for a place on a compute are told when they need not wait any longer. */
export const placeEvent = 'placeIsDue';

export const activityNames = {
  planJob: 'planJob',
  prepareScorer: 'prepareScorer',
  scoreNext: 'scoreNext',
  stopJob: 'stopJob',
  finishJob: 'finishJob',
} as const;
