import { arrivals, asPlayed } from '../../../../local/durable/engine/arrivals';
import {
  eventRaised,
  executionStarted,
  turnCompleted,
  turnStarted,
} from '../../../../local/durable/history/makeEvent';

const at = '2026-01-01T00:00:00.000Z';

describe('What has come for an instance', () => {
  const raised = eventRaised('e', '1', at);

  test('begins a turn', () => {
    const message = { id: 1, execution: null, content: raised };
    expect(arrivals([message], 'x', at)).toEqual({ taken: [message], events: [turnStarted(at), raised] });
  });

  test('is dropped when it was meant for an execution that is over', () => {
    const message = { id: 1, execution: 'old', content: raised };
    expect(arrivals([message], 'new', at)).toEqual({ taken: [message], events: [] });
  });

  test('begins a continued execution, alone, with the events that were left', () => {
    const instance = { InstanceId: 'i', ExecutionId: 'new' };
    const started = executionStarted(
      { name: 'o', instance, parent: null, input: null, generation: null },
      at,
    );
    const continuation = { id: 0, execution: 'new', content: { started, events: [raised] } };
    const later = { id: 1, execution: null, content: raised };
    const { taken, events } = arrivals([continuation, later], 'new', at);
    expect(taken).toEqual([continuation]);
    expect(events).toEqual([turnStarted(at), started, { ...raised, IsPlayed: true }, turnCompleted(at)]);
  });

  test('has been seen afterwards, but for the border of the turn', () => {
    expect([turnStarted(at), raised].map(asPlayed).map((event) => event.IsPlayed)).toEqual([false, true]);
  });
});
