import { timerTrigger } from '../../../../local/timers/timerTrigger';

const from = new Date('2026-01-01T00:00:00.500Z');

describe('The trigger of a timer', () => {
  test('tells when it ran last, where that is known', () => {
    const status = { last: null, next: '2026-01-01T00:01:00.000Z', updated: '2026-01-01T00:00:00.000Z' };
    const { inputData, triggerMetadata } = timerTrigger('t', from, status, true);
    expect(JSON.parse(inputData[0]?.data.json ?? '')).toEqual({
      Schedule: { AdjustForDST: true },
      ScheduleStatus: { Last: '0001-01-01T00:00:00', Next: status.next, LastUpdated: status.updated },
      IsPastDue: true,
    });
    expect(triggerMetadata.TimerTrigger?.string).toBe('01/01/2026 00:00:00');
  });
});
