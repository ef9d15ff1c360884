import { decodeJwt, decodeProtectedHeader } from 'jose';
import { roles } from '../../../shared/security/roles';
import { CommandLine } from '../../support/commandLine';

const cli = new CommandLine();
afterAll(() => cli.close());

const path = ['account', 'get-access-token'];
const management = 'https://management.azure.com';

interface Token {
  readonly accessToken: string;
  readonly expires_on: number;
  readonly expiresOn: string;
}

async function claims(...options: string[]): Promise<Record<string, unknown>> {
  return decodeJwt((await cli.json<Token>([...path, ...options])).accessToken);
}

test.each([
  [[], management],
  [['--resource', management], management],
  [['--resource', `${management}/`], management],
  [['--scope', `${management}/.default`], management],
  [['--scope', `${management}//.default`], management],
  [['--resource', 'https://ml.azure.com'], 'https://ml.azure.com'],
  [['--scope', 'https://ml.azure.com/.default'], 'https://ml.azure.com'],
  [['--resource', 'http://127.0.0.1:7071'], management],
  [['--scope', 'https://localhost:7443/.default'], management],
])('A token for %j is for %s', async (options, audience) => {
  expect((await claims(...options))['aud']).toBe(audience);
});

test('a token for the host that BATCHPOINT_HOST names is one for management', async () => {
  const args = [...path, '--resource', 'https://batch.example'];
  const env = { BATCHPOINT_HOST: 'https://batch.example/' };
  const { accessToken } = await cli.json<Token>(args, { env });
  expect(decodeJwt(accessToken).aud).toBe(management);
});

test.each([
  [['--resource', 'https://graph.microsoft.com'], "not for 'https://graph.microsoft.com'"],
  [['--resource', 'https://ml.azure.com.example'], "not for 'https://ml.azure.com.example'"],
  [['--resource', 'http://127.0.0.1.example'], "not for 'http://127.0.0.1.example'"],
  [['--scope', 'api://other/.default'], "not for 'api://other'"],
  [['--role', 'Jobs.Everything'], "There is no role 'Jobs.Everything': there are Endpoints.Read, "],
  [['--role', 'Jobs.Read', 'Jobs.Read:'], "There is no role 'Jobs.Read:'"],
  [['--lifetime', '1'], 'It is a whole number from 60 to 86400.'],
  [['--lifetime', '90000'], 'It is a whole number from 60 to 86400.'],
])('there is no token for %j', async (options, said) => {
  const { code, stdout, stderr } = await cli.run([...path, ...options]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain(said);
});

test('it has all roles for the owner, or those that were asked for', async () => {
  expect((await claims())['roles']).toEqual([...roles]);
  expect((await claims('--role', 'Jobs.Read', 'Jobs.Invoke:heart'))['roles']).toEqual([
    'Jobs.Read',
    'Jobs.Invoke:heart',
  ]);
});

test('it is good for an hour, or for as long as was asked for', async () => {
  const lifetime = async (...options: string[]): Promise<number> => {
    const token = await cli.json<Token>([...path, ...options]);
    const { exp = 0, iat = 0 } = decodeJwt(token.accessToken);
    expect(token.expires_on).toBe(exp);
    // The time of this machine's clock, as az tells it.
    expect(new Date(token.expiresOn.replace(' ', 'T').slice(0, 23)).getTime()).toBe(exp * 1000);
    return exp - iat;
  };
  expect(await lifetime()).toBe(3_600);
  expect(await lifetime('--lifetime', '600')).toBe(600);
});

test('it comes as SDKs ask az for it: from any folder, with the tenant and the subscription', async () => {
  const args = [
    ...path,
    '--output',
    'json',
    '--resource',
    management,
    '--tenant',
    't',
    '--subscription',
    's',
  ];
  const token = await cli.json<Token>(args, { cwd: '/', env: { AZURE_CORE_NO_COLOR: 'true' } });
  expect(token).toMatchObject({ tenant: 'local', subscription: 's', tokenType: 'Bearer' });
  expect(decodeProtectedHeader(token.accessToken)).toMatchObject({ alg: 'RS256', typ: 'JWT' });
});

test('with fewer roles it does what it says at a host, and no more', async () => {
  await cli.json(['compute', 'list']);
  const { accessToken } = await cli.json<Token>([...path, '--role', 'Jobs.Read']);
  const base = `${cli.hostInfo()?.url ?? ''}/subscriptions/s/resourceGroups/g/providers/Microsoft.MachineLearningServices/workspaces/w`;
  const status = async (what: string): Promise<number> =>
    (await fetch(`${base}/${what}`, { headers: { authorization: `Bearer ${accessToken}` } })).status;
  expect([await status('jobs'), await status('computes')]).toEqual([200, 403]);
});
