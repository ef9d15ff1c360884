import { failure } from '../../shared/errors/batchpointError';
import type { Caller } from '../../shared/security/caller';
import type { Operation } from './operation';

/**
 * Lets a caller through to an operation who has its role: for the endpoint of the path; where that names none, for
 * all of them, or for any where the operation looks for itself. Fails with `RoleMissing`, which tells nothing of what
 * is there.
 */
export function admitTo(operation: Operation, caller: Caller, endpoint: string | undefined): void {
  const { role, ofEndpoints } = operation;
  if (endpoint !== undefined) {
    if (!caller.grants.hasFor(role, endpoint)) throw roleMissing(role, `for the endpoint '${endpoint}'`);
    return;
  }
  const extent = caller.grants.extentOf(role);
  if (extent === 'all') return;
  if (ofEndpoints !== true) throw roleMissing(role, 'for all endpoints');
  if (extent.size === 0) throw roleMissing(role, 'for any endpoint');
}

/**
 * Checks that a caller has the role of an operation for the endpoint of what was found; where nothing was, for all of
 * them: who may not see a thing does not learn whether it is there. Fails with `RoleMissing`.
 */
export function admitToFound(
  { role }: Pick<Operation, 'role'>,
  { grants }: Caller,
  endpoint: string | undefined,
): void {
  const isAllowed = endpoint === undefined ? grants.has(role) : grants.hasFor(role, endpoint);
  if (!isAllowed) throw roleMissing(role, 'for the endpoint of what the request names');
}

function roleMissing(role: string, extent: string): Error {
  return failure('RoleMissing', { role, extent });
}
