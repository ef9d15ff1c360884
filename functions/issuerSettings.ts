import { failure } from '../shared/errors/batchpointError';
import { audiences, type Audience } from '../shared/security/audiences';
import { isTrustworthy } from '../shared/security/issuerMetadata';

/** Whose tokens the app accepts. */
export interface IssuerSettings {
  /** Whether tokens that were signed with the key of the state folder are. */
  readonly local: boolean;
  /** Issuers elsewhere, as their tokens name them. */
  readonly remote: readonly string[];
  /** What tokens of those may name as their audience. */
  readonly audiences: Readonly<Record<Audience, readonly string[]>>;
}

/**
 * Reads whose tokens are accepted: of the tenant in `BATCHPOINT_TENANT`, of the issuers in `BATCHPOINT_ISSUER`, and of
 * the state folder where neither is set or `BATCHPOINT_LOCAL_ISSUER` is `true`. Fails with `SettingInvalid`.
 */
export function readIssuerSettings(environment: NodeJS.ProcessEnv): IssuerSettings {
  const remote = [...ofTenant(environment), ...named(environment)];
  const local = isLocal(environment) ?? remote.length === 0;
  return {
    local,
    remote: [...new Set(remote)],
    audiences: {
      data: audiencesOf(environment, 'BATCHPOINT_AUDIENCE_DATA', audiences.data),
      management: audiencesOf(environment, 'BATCHPOINT_AUDIENCE_MANAGEMENT', audiences.management),
    },
  };
}

/** Entra issues tokens of two versions, as the app is set up that they are for. Both name the tenant. */
function ofTenant(environment: NodeJS.ProcessEnv): string[] {
  const name = 'BATCHPOINT_TENANT';
  const [tenant, ...others] = words(environment, name);
  if (tenant === undefined) return [];
  // A domain stands in no token; and 'common' would let in everybody who has an account anywhere.
  if (others.length > 0 || !/^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(tenant))
    throw failure('SettingInvalid', {
      name,
      value: environment[name] ?? '',
      expected: "the id of a tenant, which 'az account show --query tenantId' prints",
    });
  const id = tenant.toLowerCase();
  return [`https://login.microsoftonline.com/${id}/v2.0`, `https://sts.windows.net/${id}/`];
}

function named(environment: NodeJS.ProcessEnv): string[] {
  const name = 'BATCHPOINT_ISSUER';
  const issuers = words(environment, name);
  for (const value of issuers) {
    if (isTrustworthy(value) && !/[?#]/.test(value)) continue;
    const expected = 'one or more https URLs without a query; http is for this machine alone';
    throw failure('SettingInvalid', { name, value, expected });
  }
  return issuers;
}

/** The resource that clients of Azure ask for, with and without a slash at its end, unless an app has its own. */
function audiencesOf(environment: NodeJS.ProcessEnv, name: string, usual: string): string[] {
  const own = words(environment, name);
  return own.length > 0 ? own : [usual, `${usual}/`];
}

function isLocal(environment: NodeJS.ProcessEnv): boolean | undefined {
  const name = 'BATCHPOINT_LOCAL_ISSUER';
  const value = environment[name]?.trim().toLowerCase() || undefined;
  if (value === undefined) return undefined;
  if (value === 'true' || value === 'false') return value === 'true';
  throw failure('SettingInvalid', { name, value, expected: "'true' or 'false'" });
}

/** Several stand in one variable, divided by blanks or commas. */
function words(environment: NodeJS.ProcessEnv, name: string): string[] {
  return (environment[name] ?? '').split(/[\s,]+/).filter((word) => word !== '');
}
