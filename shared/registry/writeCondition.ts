/** What a write asks for: one version of the resource, any version, or none as it must be new. */
export interface WriteCondition {
  /** One of these versions. */
  readonly etags?: readonly string[];
  readonly mustExist?: boolean;
  readonly mustNotExist?: boolean;
}

/** Whether what is there, by its ETag, is what a write asks for. */
export function isConditionMet(condition: WriteCondition, present: string | undefined): boolean {
  const { etags, mustExist, mustNotExist } = condition;
  if (mustNotExist === true && present !== undefined) return false;
  if (mustExist === true && present === undefined) return false;
  return etags === undefined || (present !== undefined && etags.includes(present));
}
