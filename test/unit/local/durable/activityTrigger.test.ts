import { activityTrigger } from '../../../../local/durable/protocol/activityTrigger';

describe('The input of an activity', () => {
  test.each([
    ['"\\"text\\""', '"text"', undefined],
    ['1', '1', undefined],
    ['true', 'True', undefined],
    ['[1,2]', '[1,2]', undefined],
    ['{"a":1}', '{"a":1}', { a: { string: '1', data: 'string' } }],
  ])('%s is sent as %s', (json, text, members) => {
    const { inputData, triggerMetadata } = activityTrigger('t', 'i', json);
    expect(inputData).toEqual([{ name: 't', data: { string: text, data: 'string' }, rpcData: 'data' }]);
    expect(triggerMetadata).toEqual({
      instanceId: { string: 'i', data: 'string' },
      t: { string: text, data: 'string' },
      data: { json, data: 'json' },
      ...members,
    });
  });

  test.each([null, 'null'])('is left out where there is none: %p', (json) => {
    const { inputData, triggerMetadata } = activityTrigger('t', 'i', json);
    expect(inputData[0]?.data).toEqual({});
    expect(Object.keys(triggerMetadata)).toEqual(['instanceId']);
  });
});
