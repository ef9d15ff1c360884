/** The start of the ids of all that one start of a job's orchestration runs. */
export function runPrefix(instance: string, start: number): string {
  return `${instance}-${start}`;
}

/** The id of the orchestration of a lane. */
export function laneInstance(prefix: string, lane: number): string {
  return `${prefix}-lane${lane}`;
}
