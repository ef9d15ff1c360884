import { echoScript } from '../../support/workspace';
import { roles, type Role } from '../../../shared/security/roles';
import type { Audience } from '../../../shared/security/tokens';
import { useApi, workspacePath, type ApiAnswer } from '../../support/api';
import { ask } from '../../support/hostRequest';
import { registeredRoutes, type RegisteredRoute } from '../../support/registeredRoutes';

const api = useApi();
const declared = registeredRoutes().filter(({ operation }) => operation !== undefined);

interface Envelope {
  readonly error: { readonly code: string; readonly message: string };
}

/** Sends a request with a token that has these roles, and answers what came back. */
async function send(
  { method, path, operation }: RegisteredRoute,
  granted: readonly string[],
): Promise<{ status: number; code: string }> {
  const authorization = `Bearer ${await api.host.token(operation?.audience, { roles: granted })}`;
  const { status, body } = await ask(api.host.url, path, { method, headers: { authorization } });
  // The answer to a HEAD has no body.
  if (method === 'HEAD') return { status, code: status === 403 ? 'RoleMissing' : '' };
  const isJson = body.startsWith('{"error"');
  return { status, code: isJson ? (JSON.parse(body) as Envelope).error.code : '' };
}

describe.each(declared)('$method $name', (route) => {
  const { role = 'Endpoints.Read', path = '', ofEndpoints } = route.operation ?? {};
  const isOfOne = path.includes('{endpoint}');
  const missing = { status: 403, code: 'RoleMissing' };

  test('needs its role, and no other helps', async () => {
    const others = roles.filter((one) => one !== role);
    expect(await send(route, others)).toEqual(missing);
    expect(await send(route, [])).toEqual(missing);
    expect(await send(route, [role.toLowerCase(), `${role}s`, `${role}:`, '*'])).toEqual(missing);
    const { status, code } = await send(route, [role]);
    expect(code).not.toBe('RoleMissing');
    expect([401, 403]).not.toContain(status);
  });

  test('takes a role for one endpoint where that is the one', async () => {
    const own = await send(route, [`${role}:NO-endpoint`]);
    if (isOfOne) expect(own.code).not.toBe('RoleMissing');
    else if (ofEndpoints !== true) expect(own).toEqual(missing);
    if (isOfOne || ofEndpoints !== true)
      expect(await send(route, [`${role}:no-endpoint2`, `${role}:no`])).toEqual(missing);
  });
});

describe('jobs of two endpoints', () => {
  const jobs = { ours: '', theirs: '' };
  const readOurs = ['Jobs.Read:OURS', 'Jobs.Cancel:ours', 'Jobs.Invoke:ours'];

  beforeAll(async () => {
    const input = api.host.inputs(1);
    for (const endpoint of ['ours', 'theirs'] as const) {
      await api.host.endpoint(endpoint, echoScript);
      const { name } = await api.host.invoke(endpoint, input);
      await api.host.finished(name);
      jobs[endpoint] = name;
    }
  });

  const as = async <Body = Envelope>(
    granted: readonly string[],
    method: string,
    path: string,
    body?: object,
  ): Promise<ApiAnswer<Body>> => {
    const audience: Audience = path.startsWith('/batchEndpoints') ? 'data' : 'management';
    const token = await api.host.token(audience, { roles: granted });
    return api.send<Body>(method, path, { token, ...(body === undefined ? {} : { body }) });
  };

  test.each([
    ['GET', ''],
    ['GET', '/files'],
    ['GET', '/files/logs/job_result.txt'],
    ['GET', '/files/named-outputs/score/predictions.csv'],
    ['GET', '/events'],
    ['POST', '/cancel'],
    ['PATCH', ''],
  ])('%s of a job%s is for who has the role for its endpoint, by whatever path', async (method, tail) => {
    const { ours, theirs } = jobs;
    const body = method === 'PATCH' ? { properties: { tags: { seen: 'yes' } } } : undefined;
    const own = await as(readOurs, method, `/jobs/${ours}${tail}`, body);
    expect([200, 202, 409]).toContain(own.status);

    const foreign = await as(readOurs, method, `/jobs/${theirs}${tail}`, body);
    const unknown = await as(readOurs, method, `/jobs/no-such-job${tail}`, body);
    expect(foreign.status).toBe(403);
    expect(foreign.body.error.code).toBe('RoleMissing');
    expect(JSON.stringify(foreign.body)).not.toContain('theirs');
    // Whether there is such a job cannot be told from the answer.
    expect({ status: unknown.status, body: unknown.body }).toEqual({
      status: foreign.status,
      body: foreign.body,
    });
  });

  test.each(['/batchEndpoints/theirs/jobs', '/batchEndpoints/theirs/deployments/main/jobs'])(
    'nothing below %s is for a caller of the other endpoint',
    async (path) => {
      for (const [method, full] of [
        ['GET', path],
        ['POST', path],
        ['GET', `${path}/${jobs.theirs}`],
        ['GET', `${path}/${jobs.ours}`],
        ['POST', `${path}/${jobs.theirs}/cancel`],
      ] as const) {
        const { status, body } = await as(readOurs, method, full);
        expect([method, full, status, body.error.code]).toEqual([method, full, 403, 'RoleMissing']);
      }
    },
  );

  test('below its own endpoint, a job of the other is as one that is not there', async () => {
    for (const path of ['/batchEndpoints/ours/jobs', '/batchEndpoints/ours/deployments/main/jobs']) {
      const foreign = await as(readOurs, 'GET', `${path}/${jobs.theirs}`);
      const unknown = await as(readOurs, 'GET', `${path}/${jobs.theirs.replace(/.$/, 'x')}`);
      expect([foreign.status, foreign.body.error.code]).toEqual([404, 'ResourceNotFound']);
      expect([unknown.status, unknown.body.error.code]).toEqual([404, 'ResourceNotFound']);
    }
  });

  test('the list of all jobs shows those of endpoints that the caller may read, page by page', async () => {
    const input = api.host.inputs(1);
    const made: Record<string, string[]> = { ours: [jobs.ours], theirs: [jobs.theirs] };
    for (const endpoint of ['theirs', 'ours', 'theirs', 'ours', 'ours']) {
      const { name } = await api.host.invoke(endpoint, input);
      await api.host.finished(name);
      made[endpoint]?.unshift(name);
    }
    const listed = async (granted: readonly string[], size: number): Promise<string[]> => {
      const names: string[] = [];
      for (let path: string | undefined = `/jobs?$top=${size}`; path !== undefined;) {
        const { status, body }: ApiAnswer<{ value: { name: string }[]; nextLink?: string }> = await as(
          granted,
          'GET',
          path,
        );
        expect(status).toBe(200);
        expect(body.value.length).toBeLessThanOrEqual(size);
        names.push(...body.value.map(({ name }) => name));
        const { pathname = '', search = '' } = body.nextLink === undefined ? {} : new URL(body.nextLink);
        path = body.nextLink === undefined ? undefined : `${pathname.slice(workspacePath.length)}${search}`;
      }
      return names;
    };
    const all = await listed(['Jobs.Read'], 2);
    expect([...all].sort()).toEqual(Object.values(made).flat().sort());
    expect(await listed(['Jobs.Read:ours'], 2)).toEqual(made['ours']);
    expect(await listed(['Jobs.Read:ours', 'Jobs.Read:theirs', 'Jobs.Read:none'], 3)).toEqual(all);
    expect(await listed(['Jobs.Read:none'], 3)).toEqual([]);
  });

  test('the list of endpoints shows those that the caller may read', async () => {
    const token = await api.host.token('management', { roles: ['Endpoints.Read:Ours'] });
    const listed = await api.send<{ value: { name: string }[] }>('GET', '/batchEndpoints', { token });
    expect(listed.body.value.map(({ name }) => name)).toEqual(['ours']);
  });

  test('who may start jobs and not read them is not shown one by changing what is said of it', async () => {
    const { status, body } = await as(['Jobs.Invoke:ours'], 'PATCH', `/jobs/${jobs.ours}`, {
      properties: {},
    });
    expect([status, body.error.code]).toEqual([403, 'RoleMissing']);
  });

  test('who may start jobs and not read them is not told by a repeated request what became of one', async () => {
    interface Shown {
      readonly name: string;
      readonly properties: { readonly status: string; readonly progress: { readonly files: number } };
    }
    const invoke = async (granted: string[]): Promise<ApiAnswer<Shown>> => {
      const token = await api.host.token('data', { roles: granted });
      const headers = { 'Repeatability-Request-ID': 'told-once' };
      return api.send<Shown>('POST', '/batchEndpoints/ours/jobs', { token, headers, body });
    };
    const body = {
      properties: { dataset: { dataInputType: 'DataUrl', path: `file://${api.host.inputs(1)}` } },
    };
    const first = await invoke(['Jobs.Invoke:ours']);
    await api.host.finished(first.body.name);
    const again = await invoke(['Jobs.Invoke:ours']);
    expect([again.status, again.body]).toEqual([200, first.body]);
    const reading = await invoke(['Jobs.Invoke:ours', 'Jobs.Read:ours']);
    expect(reading.body).toMatchObject({
      name: first.body.name,
      properties: { status: 'Completed', progress: { files: 1 } },
    });
  });

  test('a link to the page of a job goes to who may read it alone', async () => {
    interface Shown {
      readonly name: string;
      readonly properties: { readonly interactionEndpoints: { readonly Studio?: object } };
    }
    const dataset = { dataInputType: 'DataUrl', path: `file://${api.host.inputs(1)}` };
    const body = { properties: { dataset } };
    const path = '/batchEndpoints/ours/jobs';
    const without = await as<Shown>(['Jobs.Invoke:ours', 'Jobs.Read:theirs'], 'POST', path, body);
    const withIt = await as<Shown>(['Jobs.Invoke:ours', 'Jobs.Read:ours'], 'POST', path, body);
    expect([without.status, withIt.status]).toEqual([201, 201]);
    expect(without.body.properties.interactionEndpoints).toEqual({});
    expect(withIt.body.properties.interactionEndpoints).toHaveProperty('Studio.endpoint');
    for (const { name } of [without.body, withIt.body]) await api.host.finished(name);
  });
});

test('the names of the roles are those that tokens have had since the first version', () => {
  const known: Role[] = ['Endpoints.Read', 'Endpoints.Write', 'Jobs.Invoke', 'Jobs.Read', 'Jobs.Cancel'];
  expect(roles).toEqual(known);
});
