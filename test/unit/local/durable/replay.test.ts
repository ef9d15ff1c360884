import type { HistoryEvent } from '../../../../local/durable/history/historyEvent';
import {
  childCompleted,
  childFailed,
  eventRaised,
  executionStarted,
  executionTerminated,
  suspensionChanged,
  timerFired,
  turnStarted,
} from '../../../../local/durable/history/makeEvent';
import type { OrchestratorAction } from '../../../../local/durable/protocol/orchestratorAction';
import { decisionEvent, type Decision } from '../../../../local/durable/replay/decision';
import { replay, type ReplayOutcome } from '../../../../local/durable/replay/replay';

const at = '2026-01-01T00:00:00.000Z';
const execution = 'e1';

const activity = (functionName: string, input?: unknown): OrchestratorAction => ({
  actionType: 0,
  functionName,
  input,
});
const retried = (functionName: string, maxNumberOfAttempts: number): OrchestratorAction => ({
  actionType: 1,
  functionName,
  retryOptions: { firstRetryIntervalInMilliseconds: 100, maxNumberOfAttempts, backoffCoefficient: 2 },
});
const child = (functionName: string, instanceId?: string): OrchestratorAction => ({
  actionType: 2,
  functionName,
  ...(instanceId === undefined ? {} : { instanceId }),
});
const timer = (fireAt: string, isCanceled = false): OrchestratorAction => ({
  actionType: 5,
  fireAt,
  isCanceled,
});
const event = (externalEventName: string): OrchestratorAction => ({ actionType: 6, externalEventName });
const continueAsNew = (input: unknown): OrchestratorAction => ({ actionType: 4, input });
const all = (...compoundActions: OrchestratorAction[]): OrchestratorAction => ({
  actionType: 12,
  compoundActions,
});
const any = (...compoundActions: OrchestratorAction[]): OrchestratorAction => ({
  actionType: 11,
  compoundActions,
});

const completed = (id: number): HistoryEvent => childCompleted(5, id, '1', at);
const failed = (id: number): HistoryEvent => childFailed(6, id, { reason: 'r', details: 'd' }, at);

/** The beginning of a history. */
function begun(): HistoryEvent[] {
  const instance = { InstanceId: 'i', ExecutionId: execution };
  return [
    turnStarted(at),
    executionStarted({ name: 'o', instance, parent: null, input: null, generation: 0 }, at),
  ];
}

function turn(
  history: readonly HistoryEvent[],
  actions: readonly OrchestratorAction[],
  answer: { isDone?: boolean; error?: string; output?: string } = {},
): ReplayOutcome {
  const { isDone = false, output = null, error } = answer;
  return replay(history, { actions, isDone, output, error, customStatus: undefined }, execution);
}

/** The history after what an outcome has scheduled. */
function scheduled(history: readonly HistoryEvent[], outcome: ReplayOutcome): HistoryEvent[] {
  return [...history, ...outcome.decisions.map((decision) => decisionEvent(decision, at))];
}

function names(decisions: readonly Decision[]): string[] {
  return decisions.map(
    (decision) => `${decision.id} ${decision.kind === 'timer' ? decision.fireAt : decision.name}`,
  );
}

describe('A replay', () => {
  test('schedules one thing after the other, and numbers them', () => {
    const actions = [activity('a', { n: 1 }), child('b'), activity('c')];
    const first = turn(begun(), actions);
    expect(first.decisions).toEqual([{ kind: 'activity', id: 0, name: 'a', input: { n: 1 } }]);
    const second = turn([...scheduled(begun(), first), completed(0)], actions);
    expect(second.decisions).toEqual([
      { kind: 'subOrchestration', id: 1, name: 'b', instanceId: 'e1:1', input: undefined },
    ]);
  });

  test('gives a sub-orchestration the id that it was given', () => {
    expect(turn(begun(), [child('b', 'mine')]).decisions).toMatchObject([{ instanceId: 'mine' }]);
  });

  test('schedules the parts of a whole together, and goes on when all of them are over, failed or not', () => {
    const actions = [all(activity('a'), activity('b')), activity('after')];
    const first = turn(begun(), actions);
    expect(names(first.decisions)).toEqual(['0 a', '1 b']);
    const history = scheduled(begun(), first);
    expect(turn([...history, failed(1)], actions).decisions).toEqual([]);
    expect(names(turn([...history, failed(1), completed(0)], actions).decisions)).toEqual(['2 after']);
  });

  test('goes on with the first of several, but does not end before the others', () => {
    const actions = [any(activity('a'), timer('2026-01-01T00:01:00.000Z'))];
    const history = scheduled(begun(), turn(begun(), actions));
    const won = turn([...history, completed(0)], actions, { isDone: true, output: '"won"' });
    expect(won.ending).toBeUndefined();
    const over = turn([...history, completed(0), timerFired(1, at, at)], actions, {
      isDone: true,
      output: '"won"',
    });
    expect(over.ending).toEqual({ kind: 'completed', output: '"won"' });
  });

  test('does not wait for a timer that was cancelled', () => {
    const waiting = [any(activity('a'), timer('2026-01-01T00:01:00.000Z'))];
    const history = scheduled(begun(), turn(begun(), waiting));
    const actions = [any(activity('a'), timer('2026-01-01T00:01:00.000Z', true))];
    const outcome = turn([...history, completed(0)], actions, { isDone: true });
    expect(outcome.ending).toEqual({ kind: 'completed', output: null });
    expect([...outcome.cancelledTimers]).toEqual([1]);
  });

  test('takes a timer of more than six days in pieces of three', () => {
    const actions = [timer('2026-01-08T00:00:00.000Z')];
    const first = turn(begun(), actions);
    expect(names(first.decisions)).toEqual(['0 2026-01-04T00:00:00.000Z']);
    const later = turnStarted('2026-01-04T00:00:00.000Z');
    const second = turn([...scheduled(begun(), first), later, timerFired(0, at, at)], actions);
    expect(names(second.decisions)).toEqual(['1 2026-01-08T00:00:00.000Z']);
  });

  test('has a timer follow each failed attempt, the last one too', () => {
    const actions = [retried('a', 2)];
    let history = scheduled(begun(), turn(begun(), actions));
    const steps: string[][] = [];
    for (const next of [failed(0), timerFired(1, at, at), failed(2)]) {
      history = [...history, next];
      const outcome = turn(history, actions);
      steps.push(names(outcome.decisions));
      history = scheduled(history, outcome);
    }
    expect(steps).toEqual([['1 2026-01-01T00:00:00.100Z'], ['2 a'], [`3 ${at}`]]);
    const over = turn([...history, timerFired(3, at, at)], actions, { error: 'all attempts failed' });
    expect(over.ending).toEqual({ kind: 'failed', error: 'all attempts failed', nonDeterministic: false });
  });

  test('waits for events by name, also for those that came before', () => {
    const actions = [event('a'), event('b'), activity('after')];
    const early = [...begun(), eventRaised('b', '1', at)];
    expect(turn(early, actions).decisions).toEqual([]);
    expect(names(turn([...early, eventRaised('a', '1', at)], actions).decisions)).toEqual(['0 after']);
    expect(turn([...early, eventRaised('A', '1', at)], actions).decisions).toEqual([]);
  });

  test('gives an event to the wait that began last', () => {
    const actions = [any(event('a'), activity('quick')), event('a'), activity('after')];
    const history = scheduled(begun(), turn(begun(), actions.slice(0, 1)));
    const outcome = turn([...history, completed(0), eventRaised('a', '1', at)], actions);
    expect(names(outcome.decisions)).toEqual(['1 after']);
  });

  test('continues as new when nothing is open, and takes along the events that nobody has processed', () => {
    const actions = [event('a'), continueAsNew({ n: 2 })];
    const history = [
      ...begun(),
      eventRaised('other', '1', at),
      eventRaised('a', '2', at),
      eventRaised('a', '3', at),
    ];
    const { ending } = turn(history, actions, { isDone: true });
    expect(ending).toMatchObject({ kind: 'continuedAsNew', input: '{"n":2}' });
    expect(ending?.kind === 'continuedAsNew' && ending.events.map((one) => one.Name + one.Input)).toEqual([
      'other1',
      'a3',
    ]);
  });

  test('ends at once when it is terminated, whatever is open', () => {
    const actions = [activity('a')];
    const history = [...scheduled(begun(), turn(begun(), actions)), executionTerminated('enough', at)];
    expect(turn(history, actions).ending).toEqual({ kind: 'terminated', reason: 'enough' });
  });

  test('holds what comes while it is suspended until it is resumed', () => {
    const actions = [event('a'), activity('after')];
    const suspended = [...begun(), suspensionChanged(19, 'pause', at), eventRaised('a', '1', at)];
    expect(turn(suspended, actions)).toMatchObject({ suspended: 'pause', decisions: [] });
    const resumed = turn([...suspended, suspensionChanged(20, 'go', at)], actions);
    expect(resumed.suspended).toBeUndefined();
    expect(names(resumed.decisions)).toEqual(['0 after']);
  });

  test.each([
    [activity('other'), "instead scheduled an activity task named 'other' with this sequence number"],
    [timer(at), 'instead scheduled a timer with this sequence number'],
    [event('e'), 'instead scheduled nothing with this sequence number'],
  ])('fails when it departs from its history', (instead, text) => {
    const history = scheduled(begun(), turn(begun(), [activity('a')]));
    const { ending, decisions } = turn(history, [instead]);
    expect(ending).toMatchObject({ kind: 'failed', nonDeterministic: true });
    expect(ending?.kind === 'failed' && ending.error).toContain(text);
    expect(decisions).toEqual([]);
  });

  test('fails at once when it is asked for what is not supported', () => {
    const { ending } = turn(begun(), [all(activity('a'), { actionType: 8 })]);
    expect(ending?.kind === 'failed' && ending.error).toContain(
      'does not support durable HTTP calls (callHttp)',
    );
  });
});
