import { statusText } from '../../../../local/durable/client/statusText';

const at = '2026-01-01T00:00:00.123Z';

describe('A status', () => {
  const instance = {
    id: 'i "1"',
    execution: 'e',
    name: 'o',
    status: 'Running' as const,
    input: '{"a":1}',
    output: null,
    customStatus: '"x"',
    created: at,
    updated: at,
    parent: null,
  };

  test('has times in whole seconds and what is JSON as JSON', () => {
    expect(JSON.parse(statusText(instance, true))).toEqual({
      name: 'o',
      instanceId: 'i "1"',
      runtimeStatus: 'Running',
      input: { a: 1 },
      customStatus: 'x',
      output: null,
      createdTime: '2026-01-01T00:00:00Z',
      lastUpdatedTime: '2026-01-01T00:00:00Z',
    });
  });

  test('may leave the input out, and have a history', () => {
    expect(JSON.parse(statusText(instance, false, '[1]'))).toMatchObject({ input: null, historyEvents: [1] });
  });
});
