import { tokenColumns } from '../../shown/columns';
import { command as define } from '../command';
import { list, text } from '../options';
import { usageInvalid } from '../usageInvalid';

const path = 'account get-access-token';

export const command = define({
  path,
  summary: 'Get a bearer token for requests of your own.',
  details: [
    'The token is signed with the key of the state folder and is good for an hour. Jobs of endpoints are started and ' +
      'listed with a token for https://ml.azure.com, everything else needs one for https://management.azure.com.',
  ],
  options: {
    resource: text(
      '--resource <url>',
      'What the token is for; https://management.azure.com where it is left out.',
    ),
    scope: list('--scope <scope...>', 'The same as a scope: the URL with /.default behind it.'),
  },
  examples: [
    [
      'Get a token to start jobs with',
      'account get-access-token --resource https://ml.azure.com --query accessToken -o tsv',
    ],
  ],
  columns: tokenColumns,
  run: async ({ resource, scope }, { tokens, subscription }) => {
    const { audiences } = await import('../../../shared/security/tokens.js');
    const asked = (resource ?? scope?.[0] ?? audiences.management).replace(/\/*(?:\.default)?$/i, '');
    const audience = (['data', 'management'] as const).find((one) => audiences[one] === asked.toLowerCase());
    if (audience === undefined) {
      const known = `${audiences.data} and ${audiences.management}`;
      const reason = `There are tokens for ${known}, and not for '${asked}'`;
      throw usageInvalid(reason, path);
    }
    const { accessToken, expiresOn } = await tokens.get(audience);
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

/** The time of this machine's clock, in the form that az writes: `2026-01-31 12:00:00.000000`. */
function localTime(time: Date): string {
  const local = new Date(time.getTime() - time.getTimezoneOffset() * 60_000);
  return local.toISOString().replace('T', ' ').replace('Z', '000');
}
