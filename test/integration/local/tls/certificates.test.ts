import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeApp, removeFolders } from '../../../support/hostApp';
import { HostProcess, killHosts } from '../../../support/hostProcess';
import { serverCredentials, trustedFile } from '../../../../local/tls/certificates';

const day = 24 * 3_600_000;
const source = `
const { app } = require('@azure/functions');
app.http('where', { authLevel: 'anonymous', handler: (request) => ({ body: request.url }) });
`;

describe('The certificate of a state folder', () => {
  const folder = mkdtempSync(join(tmpdir(), 'batchpoint-tls-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const read = (file: string): string => readFileSync(join(folder, 'tls', file), 'utf8');

  test('is for this machine, by an authority that may vouch for nothing else', async () => {
    const { cert } = await serverCredentials(folder, new Date());
    const [server, authority] = [new X509Certificate(cert), new X509Certificate(read('authority.pem'))];
    expect(server.subjectAltName).toBe('DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1');
    expect(server.verify(authority.publicKey)).toBe(true);
    expect(authority.ca).toBe(true);
    // Name constraints, as a critical extension: 2.5.29.30, true.
    expect(authority.raw.toString('hex')).toContain('0603551d1e0101ff');
    expect(readFileSync(trustedFile(folder), 'utf8')).toContain(read('authority.pem').trim());
  });

  test.each(['authority-key.pem', 'server-key.pem'])('has a key that only its owner can read: %s', (file) => {
    expect(statSync(join(folder, 'tls', file)).mode & 0o777).toBe(0o600);
  });

  test('stays as long as it is good, and is made anew before it ends, by the same authority', async () => {
    const before = await serverCredentials(folder, new Date());
    expect(await serverCredentials(folder, new Date(Date.now() + 300 * day))).toEqual(before);
    const authority = read('authority.pem');
    const after = await serverCredentials(folder, new Date(Date.now() + 350 * day));
    expect(after.cert).not.toBe(before.cert);
    expect(read('authority.pem')).toBe(authority);
  });
});

describe('A host with a port for HTTPS', () => {
  afterAll(async () => {
    await killHosts();
    removeFolders();
  });

  test('serves the same there to whoever trusts its authority, and tells functions the URL that was asked', async () => {
    const app = makeApp(source);
    const host = await HostProcess.start(app, ['--https-port', '0']);
    const info = JSON.parse(readFileSync(join(app.state, 'host-info.json'), 'utf8')) as { httpsUrl: string };
    const ca = readFileSync(join(app.state, 'tls', 'authority.pem'));
    const url = new URL('/api/where', info.httpsUrl);
    expect(await get(url, ca)).toBe(url.href);
    await expect(get(url, undefined)).rejects.toThrow(/certificate/);
    expect(host.url).toMatch(/^http:/);
  });
});

function get(url: URL, ca: Buffer | undefined): Promise<string> {
  return new Promise((resolve, reject) => {
    request(
      url,
      { host: '127.0.0.1', servername: 'localhost', ...(ca === undefined ? {} : { ca }) },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (part: string) => (text += part));
        response.on('end', () => resolve(text));
      },
    )
      .on('error', reject)
      .end();
  });
}
