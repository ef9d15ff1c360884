/** What starts jobs by itself. */
export type StarterType = 'trigger' | 'schedule';

/** The trigger or schedule that started a job. */
export interface JobStart {
  readonly type: StarterType;
  readonly name: string;
  /** The event or run that the job was started for: there is one job for each. */
  readonly id: string;
  /** The triggers and schedules whose jobs led to this one, as `trigger:<name>`, the first of them first, without itself. */
  readonly lineage: readonly string[];
}

/** Who started a job, as clients see it. */
export interface JobCaller {
  readonly type: 'user' | StarterType;
  readonly name: string;
  /** Of a user, the id by which the issuer of the token knows them; else that of the event or run. */
  readonly id?: string;
}

/** The lineage of what is made of what a job has written. */
export function lineageAfter({ type, name, lineage }: Omit<JobStart, 'id'>): readonly string[] {
  return [...new Set([...lineage, lineageName(type, name)])];
}

/** A trigger or schedule in a lineage: `trigger:<name>`. */
export function lineageName(type: StarterType, name: string): string {
  return `${type}:${name.toLowerCase()}`;
}

/** Who started a job. */
export function callerOf(spec: {
  readonly caller: string;
  readonly callerId?: string;
  readonly startedBy?: JobStart;
}): JobCaller {
  const { caller, callerId, startedBy } = spec;
  if (startedBy === undefined)
    return { type: 'user', name: caller, ...(callerId === undefined ? {} : { id: callerId }) };
  const { type, name, id } = startedBy;
  return { type, name, id };
}

/** Who started a job, for people: a name, and of a trigger or schedule also what for. */
export function callerText({ type, name, id }: JobCaller): string {
  if (type === 'user') return name;
  return id === undefined ? `${type} ${name}` : `${type} ${name}, for ${id}`;
}
