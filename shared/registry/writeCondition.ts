/** What a write asks for: one version of the resource, any version, or none as it must be new. */
export interface WriteCondition {
  readonly etag?: string;
  /** Any of these versions. */
  readonly etags?: readonly string[];
  readonly mustExist?: boolean;
  readonly mustNotExist?: boolean;
}

/** Whether what is there, by its ETag, is what a write asks for. */
export function isConditionMet(condition: WriteCondition, present: string | undefined): boolean {
  const { etag, etags, mustExist, mustNotExist } = condition;
  if (mustNotExist === true && present !== undefined) return false;
  if (mustExist === true && present === undefined) return false;
  if (etags !== undefined && (present === undefined || !etags.includes(present))) return false;
  return etag === undefined || etag === present;
}
