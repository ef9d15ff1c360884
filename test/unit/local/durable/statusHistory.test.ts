import type { HistoryEvent } from '../../../../local/durable/history/historyEvent';
import {
  childCompleted,
  executionStarted,
  timerFired,
  turnCompleted,
  turnStarted,
} from '../../../../local/durable/history/makeEvent';
import { statusHistory } from '../../../../local/durable/client/statusHistory';
import { decisionEvent } from '../../../../local/durable/replay/decision';

const at = '2026-01-01T00:00:00.123Z';

describe('The history in a status', () => {
  const instance = { InstanceId: 'i', ExecutionId: 'e' };
  const history: HistoryEvent[] = [
    turnStarted(at),
    executionStarted({ name: 'o', instance, parent: null, input: '1', generation: 0 }, at),
    decisionEvent({ kind: 'activity', id: 0, name: 'a', input: 1 }, at),
    decisionEvent({ kind: 'activity', id: 1, name: 'b', input: 1 }, at),
    decisionEvent({ kind: 'timer', id: 2, fireAt: at }, at),
    turnCompleted(at),
    turnStarted(at),
    childCompleted(5, 0, '{"x":1}', at),
    timerFired(2, at, at),
  ];

  test('shows an end in the place of what was scheduled, and no borders of turns', () => {
    const shown = statusHistory(history, true) as { EventType: string }[];
    expect(shown.map(({ EventType }) => EventType)).toEqual([
      'ExecutionStarted',
      'TaskScheduled',
      'TaskCompleted',
      'TimerFired',
    ]);
    expect(shown[2]).toEqual({
      EventType: 'TaskCompleted',
      Result: { x: 1 },
      Timestamp: at,
      ScheduledTime: '2026-01-01T00:00:00.123+00:00',
      FunctionName: 'a',
      Input: null,
    });
  });

  test('has results only where they are asked for', () => {
    expect(statusHistory(history, false)[2]).not.toHaveProperty('Result');
  });
});
