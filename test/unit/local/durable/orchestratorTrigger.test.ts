import { orchestratorTrigger } from '../../../../local/durable/protocol/orchestratorTrigger';

describe('The trigger of an orchestrator', () => {
  test('tells what the extension tells', () => {
    const turn = {
      history: '{"EventType":12}',
      input: '"x"',
      instanceId: 'i "1"',
      isReplaying: true,
      parentInstanceId: 'p',
    };
    const { inputData, triggerMetadata } = orchestratorTrigger('t', turn);
    expect(JSON.parse(inputData[0]?.data.string ?? '')).toEqual({
      history: [{ EventType: 12 }],
      input: 'x',
      instanceId: 'i "1"',
      isReplaying: true,
      parentInstanceId: 'p',
      upperSchemaVersion: 1,
      upperSchemaVersionNew: 3,
      longRunningTimerIntervalDuration: '3.00:00:00',
      maximumShortTimerDuration: '6.00:00:00',
      defaultHttpAsyncRequestSleepTimeMillseconds: 30_000,
    });
    expect(triggerMetadata).toMatchObject({
      input: { string: 'x' },
      isReplaying: { string: 'True' },
      parentInstanceId: { string: 'p' },
    });
  });

  test('may have no input and no parent', () => {
    const turn = { history: '', input: null, instanceId: 'i', isReplaying: false, parentInstanceId: null };
    const { inputData, triggerMetadata } = orchestratorTrigger('t', turn);
    expect(JSON.parse(inputData[0]?.data.string ?? '')).toMatchObject({
      history: [],
      input: null,
      parentInstanceId: null,
    });
    expect(triggerMetadata).not.toHaveProperty('input');
    expect(triggerMetadata).not.toHaveProperty('parentInstanceId');
  });
});
