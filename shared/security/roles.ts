/**
 * What a caller may be allowed. The names stand beside the actions that Azure has for the same: reading and writing
 * `workspaces/batchEndpoints` with all that they are made of, and `batchEndpoints/jobs` with its `write`, `read` and
 * cancellation. docs/security.md has the table.
 */
export const roles = [
  'Endpoints.Read',
  'Endpoints.Write',
  'Jobs.Invoke',
  'Jobs.Read',
  'Jobs.Cancel',
] as const;

export type Role = (typeof roles)[number];

/** The endpoints that a role holds for; names are in lower case, as endpoints are found in any. */
export type Extent = 'all' | ReadonlySet<string>;

/** The roles of a caller: `Jobs.Read` for every endpoint, `Jobs.Read:heart` for that one alone. */
export class Grants {
  private readonly everywhere = new Set<Role>();
  private readonly byRole = new Map<Role, Set<string>>();

  /** `words` are the words of a token; what is no role of ours is somebody else's, and left alone. */
  constructor(words: readonly string[]) {
    for (const word of words) {
      const { role, endpoint } = parseGrant(word) ?? {};
      if (role === undefined) continue;
      if (endpoint === undefined) this.everywhere.add(role);
      else this.byRole.set(role, (this.byRole.get(role) ?? new Set()).add(endpoint.toLowerCase()));
    }
  }

  /** Whether the role holds for every endpoint, and for what belongs to none. */
  has(role: Role): boolean {
    return this.everywhere.has(role);
  }

  /** Whether the role holds for that endpoint. */
  hasFor(role: Role, endpoint: string): boolean {
    return this.has(role) || this.byRole.get(role)?.has(endpoint.toLowerCase()) === true;
  }

  /** Where the role holds; an empty set where it does not. */
  extentOf(role: Role): Extent {
    return this.has(role) ? 'all' : (this.byRole.get(role) ?? new Set());
  }
}

/**
 * A role with the endpoint that it is for, as it stands in a token; `undefined` for other words. Roles are written as
 * they are here, names of endpoints in any case.
 */
export function parseGrant(word: string): { readonly role: Role; readonly endpoint?: string } | undefined {
  const [, name, endpoint] = /^([A-Za-z.]+)(?::([\w-]{1,255}))?$/.exec(word) ?? [];
  const role = roles.find((one) => one === name);
  if (role === undefined) return undefined;
  return endpoint === undefined ? { role } : { role, endpoint };
}
