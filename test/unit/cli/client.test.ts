import type { HostClient, HostRequest } from '../../../cli/client/hostClient';
import type { HttpAnswer } from '../../../cli/client/httpRequest';
import { errorIn, ServerError } from '../../../cli/client/serverError';
import { Workspace } from '../../../cli/client/workspace';
import { registerVersion } from '../../../cli/registering/registerVersion';

/** A host that answers what a test says. */
function workspaceThat(answer: (request: HostRequest) => object): { workspace: Workspace; seen: string[] } {
  const seen: string[] = [];
  const send = (request: HostRequest): Promise<HttpAnswer> => {
    seen.push(`${request.method} ${request.path}`);
    // A refusal comes as a rejected promise, as from the real client.
    return Promise.resolve().then(() => ({
      status: 200,
      headers: {},
      body: Buffer.from(JSON.stringify(answer(request))),
    }));
  };
  const place = { subscription: 's 1', group: 'g/x', workspace: 'w' };
  return { workspace: new Workspace({ send } as unknown as HostClient, place), seen };
}

function refuse(status: number, code: string): never {
  throw new ServerError(status, { code, message: 'no' }, false);
}

describe('a list', () => {
  const pages: Record<string, object> = {
    '': { value: [1, 2], nextLink: 'http://127.0.0.1:1/x/things?$skip=a' },
    a: { value: [3], nextLink: 'http://10.0.0.1:2/x/things?$skip=b' },
    b: { value: [4, 5] },
  };
  const paged = (): ReturnType<typeof workspaceThat> =>
    workspaceThat(({ path }) => pages[new URL(path, 'http://h').searchParams.get('$skip') ?? ''] ?? {});

  test('is followed page by page, wherever the host is by then', async () => {
    const { workspace, seen } = paged();
    expect(await workspace.all('things')).toEqual([1, 2, 3, 4, 5]);
    expect(seen[0]).toBe(
      'GET /subscriptions/s%201/resourceGroups/g%2Fx/providers/Microsoft.MachineLearningServices/workspaces/w/things?api-version=2024-04-01',
    );
    expect(seen.slice(1)).toEqual(['GET /x/things?$skip=a', 'GET /x/things?$skip=b']);
  });

  test('ends where there are as many as are wanted', async () => {
    const { workspace, seen } = paged();
    expect(await workspace.all('things', { most: 2 })).toEqual([1, 2]);
    expect(seen).toHaveLength(1);
    expect(seen[0]).toContain('%24top=2');
  });
});

test('what is not there is nothing, and other errors stay errors', async () => {
  expect(await workspaceThat(() => refuse(404, 'ResourceNotFound')).workspace.find('x')).toBeUndefined();
  await expect(workspaceThat(() => refuse(500, 'InternalError')).workspace.find('x')).rejects.toThrow('no');
});

describe('a version', () => {
  const asset = { kind: 'models', name: 'm', version: undefined } as const;
  const containers = (next: string[]) => (): object => ({ properties: { nextVersion: next.shift() } });

  test('that is left out is the next, and the one after where somebody was faster', async () => {
    const next = containers(['3', '3', '7']);
    const { workspace, seen } = workspaceThat(({ method, path }) => {
      if (method === 'GET') return next();
      const version = /versions\/(\d+)/.exec(path)?.[1] ?? '';
      return version === '7' ? { name: version } : refuse(409, 'VersionExists');
    });
    expect(await registerVersion(workspace, asset, {})).toEqual({ name: '7' });
    expect(seen.filter((one) => one.startsWith('PUT')).map((one) => /versions\/\d+/.exec(one)?.[0])).toEqual([
      'versions/3',
      'versions/4',
      'versions/7',
    ]);
  });

  test('that is given is never another', async () => {
    const { workspace, seen } = workspaceThat(() => refuse(409, 'VersionExists'));
    await expect(registerVersion(workspace, { ...asset, version: '1' }, {})).rejects.toMatchObject({
      name: 'VersionExists',
    });
    expect(seen).toHaveLength(1);
  });
});

test.each([
  ['{"error":{"code":"X","message":"y"}}', { code: 'X', message: 'y' }],
  ['{"error":"x"}', undefined],
  ['null', undefined],
  ['<html>', undefined],
])('the error in %s is %j', (body, expected) => {
  expect(errorIn(Buffer.from(body))).toEqual(expected);
});
