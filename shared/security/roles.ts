/**
 * What a caller may be allowed. The names stand beside the actions that Azure has for the same: reading and writing
 * `workspaces/batchEndpoints` with all that they are made of, and `batchEndpoints/jobs` with its `write`, `read` and
 * cancellation.
 */
export const roles = [
  'Endpoints.Read',
  'Endpoints.Write',
  'Jobs.Invoke',
  'Jobs.Read',
  'Jobs.Cancel',
] as const;

export type Role = (typeof roles)[number];
