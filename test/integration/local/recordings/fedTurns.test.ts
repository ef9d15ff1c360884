import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';

import { FunctionsApp } from '../../../../local/app/functionsApp';
import { TurnRunner } from '../../../../local/durable/engine/turnRunner';
import type { HistoryEvent } from '../../../../local/durable/history/historyEvent';
import { openDatabase } from '../../../../local/durable/store/database';
import { DurableStore } from '../../../../local/durable/store/durableStore';
import type { InvocationInput, InvocationResult, Invoker } from '../../../../local/invocation/invoker';
import { makeFolder, removeFolders } from '../../../support/hostApp';
import { normalise } from './normalise';
import {
  describeWithRecordings,
  executions,
  hasRecordings,
  readRecording,
  scenarioNames,
  type Turn,
} from './recordings';

/**
 * Scenarios whose orchestrators ask for what is not supported, or whose history is rewritten between two turns, and the
 * one in which the real host loses an activity that the app does not have.
 */
const notFed = ['callHttp', 'entity', 'rewind', 'rewind-parent', 'missingActivity'];

const names = hasRecordings
  ? scenarioNames().filter((name) => !notFed.includes(name) && readRecording(name).turns.length > 0)
  : [];

/**
 * Here nothing depends on time. Each turn is given exactly the events that it was given in the recording, in the same
 * batches, and its orchestrator answers as recorded; what the engine makes of them must be, event by event, what the
 * next turn of the recording begins with.
 */
describeWithRecordings('A turn that is given what it was given in the recording', () => {
  let database: DatabaseSync;

  beforeEach(() => {
    const folder = makeFolder();
    mkdirSync(folder, { recursive: true });
    database = openDatabase(join(folder, 'durable.db'));
  });

  afterEach(() => {
    database.close();
    removeFolders();
  });

  test.each(names)('leads to the same history: %s', async (name) => {
    for (const instance of instances(readRecording(name).turns)) {
      const fed = await feed(new DurableStore(database), instance);
      expect(normalise(fed)).toEqual(normalise(instance.map(({ trigger }) => trigger)));
    }
  });
});

/** The turns of each instance, over all of its executions that continue one another. */
function instances(turns: readonly Turn[]): Turn[][] {
  const lives: Turn[][] = [];
  for (const execution of executions(turns)) {
    const continued = execution[0]?.trigger.history.some((event) => event.EventType === 13) === true;
    const before = lives.find((life) => life[0]?.trigger.instanceId === execution[0]?.trigger.instanceId);
    if (continued && before !== undefined) before.push(...execution);
    else lives.push(execution);
  }
  return lives;
}

/** Runs the turns of an instance and returns the triggers that its orchestrator was sent. */
async function feed(store: DurableStore, turns: readonly Turn[]): Promise<unknown[]> {
  const triggers: unknown[] = [];
  const [first] = turns;
  if (first === undefined) return triggers;
  const { instanceId } = first.trigger;
  const app = new FunctionsApp();
  app.register(
    { name: first.function, bindings: { trigger: { type: 'orchestrationTrigger', direction: 'in' } } },
    function* () {
      return undefined;
    },
  );
  let executed = 0;
  const invoker = { invoke: answers(turns, triggers) } as unknown as Invoker;
  const runner = new TurnRunner(
    store,
    app,
    invoker,
    () => `${String(++executed).padStart(8, '0')}${'0'.repeat(24)}`,
  );
  for (const [at, turn] of turns.entries()) {
    for (const event of fresh(turn, turns[at - 1])) put(store, turn, event);
    await runner.run(instanceId, () => false);
  }
  return triggers;
}

function answers(turns: readonly Turn[], triggers: unknown[]) {
  return (_fn: unknown, input: InvocationInput): Promise<InvocationResult> => {
    const turn = turns[triggers.length];
    triggers.push(JSON.parse(input.inputData[0]?.data.string ?? '') as unknown);
    const { returned, exception } = turn ?? {};
    if (exception !== undefined) return Promise.resolve({ ok: false, error: new Error(exception) });
    return Promise.resolve({ ok: true, response: { returnValue: { json: JSON.stringify(returned) } } });
  };
}

/** What came for a turn; nothing for the first turn of an execution that continues one: the engine has it already. */
function fresh(turn: Turn, before: Turn | undefined): HistoryEvent[] {
  const { history } = turn.trigger;
  const lastStart = history.findLastIndex((event) => event.EventType === 12);
  const continues = before !== undefined && lastStart === 0;
  return continues ? [] : (history.slice(lastStart + 1) as unknown as HistoryEvent[]);
}

function put(store: DurableStore, turn: Turn, event: HistoryEvent): void {
  if ('OrchestrationInstance' in event) insert(store, turn, event);
  store.inbox.put(turn.trigger.instanceId, null, event);
}

function insert(
  store: DurableStore,
  turn: Turn,
  event: Extract<HistoryEvent, { OrchestrationInstance: unknown }>,
): void {
  store.remove(turn.trigger.instanceId);
  store.instances.insert({
    id: turn.trigger.instanceId,
    execution: event.OrchestrationInstance.ExecutionId,
    name: turn.function,
    status: 'Pending',
    input: event.Input,
    output: null,
    customStatus: null,
    created: event.Timestamp,
    updated: event.Timestamp,
    parent: event.ParentInstance,
  });
}
