import { readIssuerSettings } from '../../../functions/issuerSettings';
import { readSettings } from '../../../functions/settings';
import { trustOf } from '../../../functions/trust';

const tenant = '11111111-2222-3333-4444-555555555555';

describe('The settings of who issues tokens', () => {
  test('mean the state folder alone where nothing is set', () => {
    expect(readIssuerSettings({})).toEqual({
      local: true,
      remote: [],
      audiences: {
        data: ['https://ml.azure.com', 'https://ml.azure.com/'],
        management: ['https://management.azure.com', 'https://management.azure.com/'],
      },
    });
  });

  test('mean both issuers of a tenant, and not the state folder, where a tenant is set', () => {
    expect(readIssuerSettings({ BATCHPOINT_TENANT: ` ${tenant.toUpperCase()} ` })).toMatchObject({
      local: false,
      remote: [`https://login.microsoftonline.com/${tenant}/v2.0`, `https://sts.windows.net/${tenant}/`],
    });
  });

  test('may mean several at once', () => {
    const settings = readIssuerSettings({
      BATCHPOINT_TENANT: tenant,
      BATCHPOINT_ISSUER: 'https://a.example/x/, https://b.example',
      BATCHPOINT_LOCAL_ISSUER: 'True',
      BATCHPOINT_AUDIENCE_DATA: 'api://data  api://more',
    });
    expect(settings.local).toBe(true);
    expect(settings.remote.slice(2)).toEqual(['https://a.example/x/', 'https://b.example']);
    expect(settings.audiences.data).toEqual(['api://data', 'api://more']);
  });

  test.each([
    ['BATCHPOINT_TENANT', 'common', 'the id of a tenant'],
    ['BATCHPOINT_TENANT', 'contoso.onmicrosoft.com', 'the id of a tenant'],
    ['BATCHPOINT_TENANT', `${tenant} ${tenant}`, 'the id of a tenant'],
    ['BATCHPOINT_ISSUER', 'http://issuer.example', 'https URLs'],
    ['BATCHPOINT_ISSUER', 'https://issuer.example?x=1', 'https URLs'],
    ['BATCHPOINT_ISSUER', 'issuer', 'https URLs'],
    ['BATCHPOINT_LOCAL_ISSUER', 'yes', "'true' or 'false'"],
  ])('refuse %s=%s, and say what it has to be', (name, value, expected) => {
    const read = (): unknown => readIssuerSettings({ [name]: value });
    expect(read).toThrow(expect.objectContaining({ code: 'SettingInvalid', status: 500 }));
    expect(read).toThrow(expected);
  });

  test.each([
    {},
    { BATCHPOINT_LOCAL_ISSUER: 'true', BATCHPOINT_TENANT: tenant },
    { BATCHPOINT_LOCAL_ISSUER: 'false', BATCHPOINT_STATE: '/nowhere' },
  ])('of which nobody could have a token are refused: %j', async (environment) => {
    const trust = trustOf(readSettings(environment), () => new Date());
    await expect(trust).rejects.toMatchObject({ code: 'StateFolderMissing' });
  });

  test('need no state folder for a tenant; then there are no links to pages', async () => {
    const trust = await trustOf(readSettings({ BATCHPOINT_TENANT: tenant }), () => new Date());
    expect(trust.links).toBeUndefined();
    expect(trust.ownKey).toBeUndefined();
    await expect(trust.tokens.verify(null, 'data')).rejects.toMatchObject({ code: 'TokenMissing' });
  });
});
