import { Validator } from '@seriousme/openapi-schema-validator';
import { Description } from '../../support/description';
import { registeredApp } from '../../support/registeredRoutes';

const { document, routes } = registeredApp();
const description = new Description(document);

/** Answers what no operation is for, and so is none itself. */
const notDescribed = ['unknownRoute'];

test('is a valid description in OpenAPI 3.1', async () => {
  const validator = new Validator();
  expect(await validator.validate({ ...structuredClone(document) })).toEqual({ valid: true });
  expect([document.openapi, validator.version]).toEqual(['3.1.0', '3.1']);
});

test('describes every route that the app registers, and no other', () => {
  const registered = routes
    // A HEAD is what its GET is, without the body.
    .filter(({ name, method }) => method !== 'HEAD' && !notDescribed.includes(name))
    .map(({ method, route }) => `${method} /${route.replace('{*', '{')}`);
  const described = description.operations().map(({ method, path }) => `${method} ${path}`);
  expect(described.sort()).toEqual(registered.sort());
});

test('names every operation once', () => {
  const names = description.operations().map(({ operation }) => operation.operationId);
  expect(new Set(names).size).toBe(names.length);
});

test('has all that it refers to', () => {
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(
    ([, path = '']) => path,
  );
  const missing = [...new Set(references)].filter(
    (path) =>
      path.split('/').reduce<unknown>((value, key) => (value as Record<string, unknown>)?.[key], document) ===
      undefined,
  );
  expect(references.length).toBeGreaterThan(100);
  expect(missing).toEqual([]);
});

test('uses every schema that it has', () => {
  const used = JSON.stringify(document);
  const unused = Object.keys(document.components['schemas'] ?? {}).filter(
    (title) =>
      !used.includes(`"#/components/schemas/${title}"`) && !used.includes(`"#/components/schemas/${title}/`),
  );
  expect(unused).toEqual([]);
});

test.each(description.operations().map(({ operation }) => [operation.operationId, operation] as const))(
  '%s says who may call it, and what it answers where it is refused',
  (_name, { security, responses, ...operation }) => {
    expect(Object.keys(responses)).toEqual(expect.arrayContaining(['400', '403', '404', '5XX']));
    const [scheme] = security.flatMap((one) => Object.entries(one));
    if (scheme?.[0] !== 'token') return;
    expect(scheme[1]).toEqual([expect.stringMatching(/^(Endpoints|Jobs)\.[A-Z][a-z]+$/)]);
    expect(operation['x-audience']).toMatch(/^https:\/\/(ml|management)\.azure\.com$/);
    expect(responses).toHaveProperty('401');
    if (operation.requestBody !== undefined) expect(responses).toHaveProperty('413');
  },
);

const bodies = description
  .operations()
  .flatMap(({ operation: { operationId, requestBody } }) =>
    requestBody === undefined ? [] : [[operationId, requestBody.content['application/json']] as const],
  );

test.each(bodies)('the body of %s has an example that fits', (_name, content) => {
  expect(content?.example).toBeDefined();
  expect(description.schemaFaults(content?.schema ?? {}, content?.example)).toEqual([]);
});

test.each(Object.entries(document.components['parameters'] ?? {}))(
  'the example of {%s} in a path fits',
  (_name, parameter) => {
    const { schema, example } = parameter as { schema: object; example: unknown };
    expect(description.schemaFaults(schema, example)).toEqual([]);
  },
);
