import type { Audience } from '../../../shared/security/audiences';
import { tokenColumns } from '../../shown/columns';
import { command as define } from '../command';
import { list, text, wholeNumber } from '../options';
import { usageInvalid } from '../usageInvalid';

const path = 'account get-access-token';

/** Seconds of a day: nobody takes back a token that is out. */
const longestLifetime = 86_400;

export const command = define({
  path,
  summary: 'Get a bearer token for requests of your own.',
  details: [
    'The token is signed with the key of the state folder. Jobs of endpoints are started and listed with a token for ' +
      "https://ml.azure.com, everything else needs one for https://management.azure.com; the host's own URL means the " +
      'same as that, as SDKs ask for it.',
    'The token has all roles, unless --role names fewer: give such a one to a program that is to do no more than that.',
  ],
  options: {
    resource: text(
      '--resource <url>',
      'What the token is for; https://management.azure.com where it is left out.',
    ),
    scope: list('--scope <scope...>', 'The same as a scope: the URL with /.default behind it.'),
    role: list(
      '--role <role...>',
      'A role that the token is to have: Endpoints.Read, Endpoints.Write, Jobs.Invoke, Jobs.Read or Jobs.Cancel, for ' +
        'one endpoint alone with its name behind it, as Jobs.Read:my-endpoint.',
    ),
    lifetime: wholeNumber(
      '--lifetime <seconds>',
      'How long the token is good; 3600 where it is left out.',
      60,
      longestLifetime,
    ),
    tenant: text('-t, --tenant <id>', 'Accepted, and of no meaning here: the only tenant is this machine.'),
  },
  examples: [
    [
      'Get a token to start jobs with',
      'account get-access-token --resource https://ml.azure.com --query accessToken -o tsv',
    ],
    [
      'Get one that can only start jobs of one endpoint and read them, for ten minutes',
      'account get-access-token --resource https://ml.azure.com --role Jobs.Invoke:my-endpoint Jobs.Read:my-endpoint --lifetime 600',
    ],
  ],
  columns: tokenColumns,
  run: async ({ resource, scope, role, lifetime }, { tokens, subscription, environment }) => {
    const audience = await audienceOf(resource ?? scope?.[0], environment['BATCHPOINT_HOST']);
    await checkRoles(role ?? []);
    const { accessToken, expiresOn } = await tokens.issue(audience, {
      ...(role === undefined ? {} : { roles: role }),
      ...(lifetime === undefined ? {} : { lifetime }),
    });
    return {
      accessToken,
      expiresOn: localTime(expiresOn),
      expires_on: Math.floor(expiresOn.getTime() / 1000),
      subscription,
      tenant: 'local',
      tokenType: 'Bearer',
    };
  },
});

/** Whom a token is for that is asked for by a resource, or by a scope. Fails with `UsageInvalid` for others. */
async function audienceOf(asked: string | undefined, host: string | undefined): Promise<Audience> {
  const { audiences } = await import('../../../shared/security/audiences.js');
  const resource = (asked ?? audiences.management).replace(/\/*(?:\.default)?$/i, '');
  const known = (['data', 'management'] as const).find((one) => audiences[one] === resource.toLowerCase());
  if (known !== undefined) return known;
  if (isHost(resource, host)) return 'management';
  const names = `${audiences.data}, for ${audiences.management}, and for the host`;
  throw usageInvalid(`There are tokens for ${names}, and not for '${resource}'.`, path);
}

/** Whether a URL is that of the host: the one that is named, or any of this machine, as hosts come and go on it. */
function isHost(resource: string, named: string | undefined): boolean {
  if (!URL.canParse(resource)) return false;
  const { protocol, hostname, origin } = new URL(resource);
  if (named && URL.canParse(named) && new URL(named).origin === origin) return true;
  return /^https?:$/.test(protocol) && ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);
}

async function checkRoles(asked: readonly string[]): Promise<void> {
  const { parseGrant, roles } = await import('../../../shared/security/roles.js');
  const wrong = asked.find((role) => parseGrant(role) === undefined);
  if (wrong === undefined) return;
  throw usageInvalid(
    `There is no role '${wrong}': there are ${roles.join(', ')}, each with ':<endpoint>' behind it or without.`,
    path,
  );
}

/** The time of this machine's clock, in the form that az writes: `2026-01-31 12:00:00.000000`. */
function localTime(time: Date): string {
  const local = new Date(time.getTime() - time.getTimezoneOffset() * 60_000);
  return local.toISOString().replace('T', ' ').replace('Z', '000');
}
