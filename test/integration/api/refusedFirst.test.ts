import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HttpRequest, InvocationContext, type HttpHandler, type HttpResponseInit } from '@azure/functions';
import type * as app from '../../../functions/services';
import type { Services } from '../../../functions/services';
import { FunctionsApp } from '../../../local/app/functionsApp';
import { functionsCore } from '../../../local/app/functionsCore';
import { issuerKey } from '../../../shared/security/issuerKey';
import { LocalTokens, type Audience } from '../../../shared/security/tokens';
import { forgedTokens } from '../../support/forgedTokens';
import { registeredRoutes, type RegisteredRoute } from '../../support/registeredRoutes';

const routes = registeredRoutes().filter(
  ({ name, operation }) => operation !== undefined || name === 'unknownRoute',
);
const folder = mkdtempSync(join(tmpdir(), 'batchpoint-refused-'));
const state = join(folder, 'state');
const environment = {
  BATCHPOINT_STATE: state,
  BATCHPOINT_STORAGE: 'local',
  BATCHPOINT_SCRATCH: join(folder, 'scratch'),
};

/** The functions of the product in this process, and what they have done to the stores and to the body. */
const functions = new FunctionsApp();
const touched: string[] = [];
let services: Services;

beforeAll(async () => {
  Object.assign(process.env, environment);
  let open: typeof app | undefined;
  jest.isolateModules(() => {
    const log = { write: () => undefined };
    jest.doMock('@azure/functions-core', () => functionsCore(functions, log), { virtual: true });
    jest.requireActual('../../../functions/index');
    open = jest.requireActual<typeof app>('../../../functions/services');
  });
  if (open === undefined) throw new Error('The app was not loaded.');
  services = await open.services();
  watch(services.stores.tables, 'rows');
  watch(services.stores.blobs, 'blobs');
  watch(services.stores, 'stores');
});

afterAll(async () => {
  await services.pool.close();
  await services.stores.close();
  for (const name of Object.keys(environment)) delete process.env[name];
  rmSync(folder, { recursive: true, force: true });
});

/** Notes every call of a method; the real one does its work. */
function watch(store: object, what: string): void {
  const methods = Object.getOwnPropertyNames(Object.getPrototypeOf(store)).concat(Object.keys(store));
  for (const name of methods) {
    const real = (store as Record<string, unknown>)[name];
    if (name === 'constructor' || name === 'close' || typeof real !== 'function') continue;
    const noted = (...parameters: unknown[]): unknown => {
      touched.push(`${what} ${name}`);
      return Reflect.apply(real, store, parameters) as unknown;
    };
    Object.defineProperty(store, name, { value: noted, configurable: true });
  }
}

/** Calls the function of a route as its host does. */
async function send(route: RegisteredRoute, authorization: string | undefined): Promise<HttpResponseInit> {
  const { operation, path, method, name } = route;
  const template = operation?.path ?? '';
  const params: Record<string, string> = Object.fromEntries(
    [...template.matchAll(/\{\*?(\w+)\}/g)].map(([, key = '']) => [key, `no-${key}`]),
  );
  const hasBody = !['GET', 'HEAD'].includes(method);
  const request = new HttpRequest({
    method,
    url: `http://127.0.0.1:7071${path}`,
    headers: authorization === undefined ? {} : { authorization },
    params,
    ...(hasBody ? { body: { string: '{"properties":{}}' } } : {}),
  });
  const watched = new Proxy(request, {
    get: (target, key) => {
      if (['text', 'json', 'arrayBuffer', 'blob', 'formData', 'body'].includes(String(key)))
        touched.push(`body ${String(key)}`);
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
  const handler = functions.find(name, 'httpTrigger')?.callback as unknown as HttpHandler;
  return await handler(watched, new InvocationContext({ functionName: name }));
}

async function issued(audience: Audience, roles?: readonly string[]): Promise<string> {
  const tokens = new LocalTokens(await issuerKey(state), () => new Date());
  return `Bearer ${(await tokens.issue(audience, roles === undefined ? {} : { roles })).accessToken}`;
}

test('What is refused for its token has touched neither body nor stores, by any route', async () => {
  const audiences = ['data', 'management'] as const;
  const forged = Object.fromEntries(
    await Promise.all(audiences.map(async (one) => [one, await forgedTokens(state, one)] as const)),
  );
  touched.splice(0);
  for (const route of routes) {
    const audience = route.operation?.audience ?? 'data';
    for (const [fault, authorization] of Object.entries({ 'no token': undefined, ...forged[audience] })) {
      const { status } = await send(route, authorization);
      expect([route.method, route.name, fault, status]).toEqual([route.method, route.name, fault, 401]);
    }
  }
  expect(touched).toEqual([]);
});

test('what is refused for a role has touched neither body nor stores, where the path tells the endpoint', async () => {
  touched.splice(0);
  for (const route of routes) {
    if (route.operation === undefined) continue;
    const { audience, role, ofEndpoints } = route.operation;
    const other = audience === 'data' ? 'management' : 'data';
    expect((await send(route, await issued(other))).status).toBe(401);
    for (const roles of [[], ...(ofEndpoints === true ? [] : [[`${role}:another`]])]) {
      const { status } = await send(route, await issued(audience, roles));
      expect([route.name, roles, status]).toEqual([route.name, roles, 403]);
    }
  }
  expect(touched).toEqual([]);
});

test('what is let in touches them, as these tests see', async () => {
  touched.splice(0);
  for (const route of routes) await send(route, await issued(route.operation?.audience ?? 'data'));
  expect(touched).toEqual(expect.arrayContaining(['rows get', 'rows query', 'body arrayBuffer']));
});
