import { readFileSync, statSync } from 'node:fs';
import { createConnection } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { useApi, workspacePath } from '../../support/api';
import { forgedTokens } from '../../support/forgedTokens';
import { ask } from '../../support/hostRequest';

const api = useApi();

/** How a connection to an address at the host's port ends. */
function connect(host: string): Promise<string> {
  const port = Number(new URL(api.host.url).port);
  return new Promise((resolve) => {
    const socket = createConnection({ host, port });
    socket.on('connect', () => {
      socket.destroy();
      resolve('connected');
    });
    socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
  });
}

/** The addresses of this machine that others can reach it by. */
function otherAddresses(): string[] {
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal, scopeid }) => !internal && !scopeid)
    .map(({ address }) => address);
}

describe('The host can be reached', () => {
  test('by 127.0.0.1', async () => {
    expect(await connect('127.0.0.1')).toBe('connected');
  });

  test('by no other address of the machine, and not by IPv6', async () => {
    for (const address of ['127.0.0.2', '::1', ...otherAddresses()]) {
      expect([address, await connect(address)]).toEqual([
        address,
        expect.stringMatching(/^(ECONNREFUSED|EADDRNOTAVAIL|EAFNOSUPPORT|EINVAL|ENETUNREACH)$/),
      ]);
    }
  });

  test('under its own names alone, with a good token too', async () => {
    const { port } = new URL(api.host.url);
    const authorization = `Bearer ${await api.host.token()}`;
    const status = async (host: string): Promise<unknown> => {
      const answer = await ask(api.host.url, `${workspacePath}/models`, { headers: { host, authorization } });
      return answer.status === 200 ? 200 : [answer.status, JSON.parse(answer.body)];
    };
    for (const host of [`127.0.0.1:${port}`, `localhost:${port}`]) expect(await status(host)).toBe(200);
    for (const host of [
      `rebound.example:${port}`,
      `127.0.0.1.nip.io:${port}`,
      '127.0.0.1',
      `0.0.0.0:${port}`,
    ]) {
      const error = { code: 'HostHeaderRefused', message: expect.stringContaining(`'${host}'`) as string };
      expect(await status(host)).toEqual([403, { error }]);
    }
  });

  test('without any permission for pages of other origins', async () => {
    const headers = { origin: 'https://evil.example', 'access-control-request-method': 'GET' };
    const { headers: answered } = await ask(api.host.url, `${workspacePath}/models`, {
      method: 'OPTIONS',
      headers,
    });
    expect(Object.keys(answered).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });
});

describe('What opens the host', () => {
  test.each(['issuer-key.json', 'host-info.json'])('lies in %s, that only the owner can read', (file) => {
    expect((statSync(join(api.host.state, file)).mode & 0o777).toString(8)).toBe('600');
  });

  test('lies in a folder that only the owner can enter', () => {
    expect((statSync(api.host.state).mode & 0o777).toString(8)).toBe('700');
  });

  test('never stands in the log, whatever a request has in it', async () => {
    const { host } = api;
    await host.endpoint('digits', 'def run(mini_batch):\n    raise ValueError("no")\n');
    const job = await host.invoke('digits', host.inputs(2));
    const { properties } = await host.finished(job.name);
    const link = properties.interactionEndpoints.Studio.endpoint;
    await fetch(link);
    await fetch(link.replace('token=', 'token=x'));
    const sent = [
      await host.token(),
      await host.token('data'),
      new URL(link).searchParams.get('token') ?? '',
    ];
    for (const [, forged] of Object.entries(await forgedTokens(host.state, 'management'))) {
      await api.send('GET', '/models', { token: null, headers: { authorization: forged } });
      sent.push(forged.split(' ').at(-1) ?? '');
    }
    await api.send('PUT', '/models/m/versions/1', { token: sent[0] ?? '', body: '{"properties":' });
    const key = JSON.parse(readFileSync(join(host.state, 'issuer-key.json'), 'utf8')) as {
      privateKey: { d: string };
    };
    sent.push(key.privateKey.d);
    for (const secret of sent.filter((one) => one.length > 20)) {
      expect(host.log).not.toContain(secret);
      expect(host.log).not.toContain(secret.slice(-24));
    }
    expect(host.log).toContain('Serving');
  });
});
