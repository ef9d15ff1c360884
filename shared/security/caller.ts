import type { JWTPayload } from 'jose';
import { printable } from '../errors/printable';
import { Grants } from './roles';

/** Who sent a request. */
export interface Caller {
  /** For people: it may change, and two may have the same. */
  readonly name: string;
  /** Who it is, for ever and among all issuers: the issuer, and what that calls the caller. */
  readonly id: string;
  readonly grants: Grants;
}

/** Characters of a name that are kept. */
const longestName = 200;

/**
 * The caller of a token. Entra identifies by `oid`, which is the same for every app, others by `sub`. What is shown is
 * the first that there is: what a person signs in as, the name of an app, its id, the identity.
 */
export function callerOf(payload: JWTPayload): Caller {
  const text = (claim: string): string | undefined => {
    const value = payload[claim];
    return typeof value === 'string' && value.trim() !== '' ? printable(value.trim()) : undefined;
  };
  const identity = text('oid') ?? text('sub') ?? 'unknown';
  const shown = ['preferred_username', 'upn', 'unique_name', 'app_displayname', 'azp', 'appid']
    .map(text)
    .find((value) => value !== undefined);
  return {
    name: (shown ?? identity).slice(0, longestName),
    id: `${payload.iss ?? ''}#${identity}`.slice(0, 2 * longestName),
    grants: new Grants([...appRoles(payload['roles']), ...scopes(payload['scp'])]),
  };
}

/** Of apps, and of people who have been given roles of the app. */
function appRoles(claim: unknown): string[] {
  return Array.isArray(claim) ? claim.filter((role) => typeof role === 'string') : [];
}

/** What a person lets a program do, divided by blanks. */
function scopes(claim: unknown): string[] {
  return typeof claim === 'string' ? claim.split(' ') : [];
}
