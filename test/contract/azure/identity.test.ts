import { randomUUID } from 'node:crypto';
import tls from 'node:tls';
import type { TokenCredential } from '@azure/identity';
import { openStores } from '../../../shared/stores/openStores';
import { type Azurite, startAzurite } from '../../support/azurite';
import { stagePart, textOf } from '../blobs/contents';
import { patience } from '../openedStores';
import { errorOf } from '../outcomes';
import { scratchFile } from '../scratchFolder';
import { makeCertificate } from './certificate';

jest.setTimeout(patience);

describe('stores that are entered by an identity', () => {
  let azurite: Azurite;
  const trusted = tls.getCACertificates('default');

  beforeAll(async () => {
    const { certificate, key } = makeCertificate();
    tls.setDefaultCACertificates([...trusted, certificate]);
    azurite = await startAzurite({ cert: await scratchFile(certificate), key: await scratchFile(key) });
  });
  afterAll(async () => {
    await azurite.stop();
    tls.setDefaultCACertificates(trusted);
  });

  test('write, read and commit, and let the service copy by a key that it lends', async () => {
    const carried = jest.fn();
    const { blobs, tables } = await open({ getToken: () => Promise.resolve(validToken()) }, carried);
    await tables.commit('p', [{ kind: 'insert', row: 'a', value: { n: 1 } }]);
    expect((await tables.get('p', 'a'))?.value).toEqual({ n: 1 });

    const parts = [await stagePart(blobs, 'parts/0', 'one\n'), await stagePart(blobs, 'parts/1', 'two\n')];
    await blobs.commit('out', parts, { job: 'ab12' });
    expect(await textOf(blobs, 'out')).toBe('one\ntwo\n');
    expect(carried).not.toHaveBeenCalled();
  });

  test('say so where the identity is not accepted', async () => {
    const stale = { ...validToken(), token: 'not.a.token' };
    const error = await errorOf(open({ getToken: () => Promise.resolve(stale) }));
    expect(error).toMatchObject({ code: 'StoreCredentialsRefused' });
  });

  test('say so where there is no identity', async () => {
    const unavailable = Object.assign(new Error('No identity was found.\nTried many.'), {
      name: 'CredentialUnavailableError',
    });
    const error = await errorOf(open({ getToken: () => Promise.reject(unavailable) }));
    expect(error).toMatchObject({ code: 'StoreCredentialsRefused' });
    expect(String(error)).toContain('No identity was found');
  });

  function open(credential: TokenCredential, onBytesCarried = jest.fn()): ReturnType<typeof openStores> {
    const { blobUrl, tableUrl } = azurite;
    const settings = { kind: 'azure', blobServiceUrl: blobUrl, tableServiceUrl: tableUrl } as const;
    return openStores(settings, { credential, onBytesCarried, tries: 2, firstDelay: 1 });
  }
});

/** A token as Azurite takes it: it looks at the claims, not at the signature. */
function validToken(): { readonly token: string; readonly expiresOnTimestamp: number } {
  const now = Math.floor(Date.now() / 1000);
  const tenant = randomUUID();
  const claims = {
    aud: 'https://storage.azure.com',
    iss: `https://sts.windows.net/${tenant}/`,
    iat: now - 60,
    nbf: now - 60,
    exp: now + 3600,
    oid: randomUUID(),
    tid: tenant,
  };
  const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');
  const token = `${encode({ alg: 'RS256', typ: 'JWT' })}.${encode(claims)}.${Buffer.from('unsigned').toString('base64url')}`;
  return { token, expiresOnTimestamp: (now + 3600) * 1000 };
}
