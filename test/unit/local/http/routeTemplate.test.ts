import { compileRoute, decodePath } from '../../../../local/http/routeTemplate';

describe('A route template', () => {
  test.each([
    ['api/jobs', '/api/jobs', {}],
    ['api/jobs', '/API/Jobs/', {}],
    ['api/{id}', '/api/x', { id: 'x' }],
    ['api/{id?}', '/api', {}],
    ['api/{id?}', '/api/x', { id: 'x' }],
    ['api/{page:int}', '/api/12', { page: '12' }],
    [
      'api/{id:guid}',
      '/api/0f8fad5b-d9cb-469f-a165-70867728950e',
      { id: '0f8fad5b-d9cb-469f-a165-70867728950e' },
    ],
    ['api/{*rest}', '/api/a/b', { rest: 'a/b' }],
    ['api/{*rest}', '/api/a/two\nlines', { rest: 'a/two\nlines' }],
    ['api/{**rest}', '/api', {}],
    ['api/v{major}.{minor}', '/api/v1.22', { major: '1', minor: '22' }],
    ['a.b/c+d', '/a.b/c+d', {}],
    ['', '/', {}],
  ])('%s fits %s', (template, path, params) => {
    expect(compileRoute(template).match(path)).toEqual(params);
  });

  test.each([
    ['api/jobs', '/api/job'],
    ['api/jobs', '/api/jobs/x'],
    ['api/{id}', '/api'],
    ['api/{id}', '/api/'],
    ['api/{id}', '/api/x/y'],
    ['api/{page:int}', '/api/x'],
    ['a.b', '/aXb'],
  ])('%s does not fit %s', (template, path) => {
    expect(compileRoute(template).match(path)).toBeUndefined();
  });

  test.each([
    ['api/{*rest}/more', 'must be the last part'],
    ['api/{id?}/more', 'must be the last part'],
    ['api/{id:length(3)}', 'is not understood'],
    ['api/{id:decimal}', "the constraint 'decimal' is not supported"],
    ['api/{id=1}', 'is not understood'],
    ['api/{id', 'is not understood'],
  ])('%s is refused', (template, reason) => {
    expect(() => compileRoute(template)).toThrow(reason);
  });
});

describe('The path of a request', () => {
  test('is decoded part by part; an escaped slash stays in its part', () => {
    expect(decodePath('/a%20b/c%2Fd/%C3%BC')).toBe('/a b/c%2Fd/ü');
  });

  test('is refused when an escape is broken', () => {
    expect(() => decodePath('/%zz')).toThrow(URIError);
  });
});
