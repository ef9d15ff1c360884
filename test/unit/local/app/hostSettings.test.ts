import { availableParallelism } from 'node:os';

import { parseHostSettings } from '../../../../local/app/hostSettings';

describe('The settings of host.json', () => {
  test('are those of the real host where nothing is said', () => {
    expect(parseHostSettings({ version: '2.0' })).toEqual({
      routePrefix: 'api',
      hubName: 'TestHubName',
      maxConcurrentActivities: 10 * availableParallelism(),
      functionTimeout: undefined,
      logLevel: 'information',
    });
  });

  test('are read wherever they stand, in any case', () => {
    const content = {
      functionTimeout: '00:02:00',
      extensions: {
        HTTP: { routePrefix: '/v1/' },
        durableTask: { hubName: 'Hub', maxConcurrentActivityFunctions: 3 },
      },
      logging: { logLevel: { default: 'Warning' } },
    };
    expect(parseHostSettings(content)).toEqual({
      routePrefix: 'v1',
      hubName: 'Hub',
      maxConcurrentActivities: 3,
      functionTimeout: 120_000,
      logLevel: 'warning',
    });
  });

  test('may leave the route prefix empty and the timeout away', () => {
    const content = { functionTimeout: '-1', extensions: { http: { routePrefix: '' } } };
    expect(parseHostSettings(content)).toMatchObject({ routePrefix: '', functionTimeout: undefined });
  });

  test('take the limit of a function from the environment where it is set there', () => {
    expect(parseHostSettings({ functionTimeout: '00:02:00' }, '-1').functionTimeout).toBeUndefined();
    expect(parseHostSettings({}, '00:00:10').functionTimeout).toBe(10_000);
  });

  test.each([
    [{ functionTimeout: 'soon' }, "'functionTimeout' of host.json must be a time span"],
    [{ functionTimeout: '00:00:00' }, "'functionTimeout' of host.json must be a time span"],
    [
      { extensions: { http: { routePrefix: 1 } } },
      "'extensions.http.routePrefix' of host.json must be a string, but it is 1",
    ],
    [
      { extensions: { durableTask: { maxConcurrentActivityFunctions: 0 } } },
      'must be a whole number above zero',
    ],
    [
      { extensions: { durableTask: { hubName: [] } } },
      "'extensions.durableTask.hubName' of host.json must be a string",
    ],
    [{ logging: { logLevel: { default: 'loud' } } }, 'must be the name of a log level, but it is "loud"'],
  ])('are refused with what was expected: %j', (content, text) => {
    expect(() => parseHostSettings(content)).toThrow(text);
  });
});
