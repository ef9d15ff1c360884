import { eventType } from '../history/historyEvent';
import { childFailed } from '../history/makeEvent';
import { orchestrationThrew } from '../protocol/failureDetails';
import type { Decision } from '../replay/decision';
import type { ReplayOutcome } from '../replay/replay';
import { isUnfinished, type Instance } from '../store/instanceTable';
import { beginInstance } from './newInstance';
import type { TurnContext } from './turnCommit';

/** Puts into effect what a turn schedules, and takes back the timers that it cancels. */
export function schedule(instance: Instance, outcome: ReplayOutcome, context: TurnContext): void {
  const { store, effects } = context;
  for (const decision of outcome.decisions) {
    switch (decision.kind) {
      case 'activity': {
        const { id, name, input } = decision;
        const activity = {
          instance: instance.id,
          execution: instance.execution,
          task: id,
          name,
          input: json(input),
        };
        effects.activities.push(store.activities.add(activity));
        break;
      }
      case 'timer':
        if (outcome.cancelledTimers.has(decision.id)) break;
        store.timers.add({
          instance: instance.id,
          execution: instance.execution,
          timer: decision.id,
          fireAt: decision.fireAt,
        });
        effects.timers = true;
        break;
      case 'subOrchestration':
        startChild(instance, decision, context);
        break;
    }
  }
  for (const timer of outcome.cancelledTimers) store.timers.remove(instance.id, timer);
}

function startChild(
  parent: Instance,
  decision: Extract<Decision, { kind: 'subOrchestration' }>,
  context: TurnContext,
): void {
  const { store, effects, at } = context;
  const { instanceId: id, name } = decision;
  const existing = store.instances.get(id);
  if (existing !== undefined && isUnfinished(existing.status)) {
    const error = `An Orchestration instance with the status ${existing.status} already exists.`;
    const failed = orchestrationThrew(`Orchestrator function '${name}' failed: ${error}`, error);
    store.inbox.put(
      parent.id,
      parent.execution,
      childFailed(eventType.subOrchestrationFailed, decision.id, failed, at),
    );
    effects.ready.push(parent.id);
    return;
  }
  if (existing !== undefined) store.remove(id);
  const parentInstance = {
    Name: parent.name,
    OrchestrationInstance: { InstanceId: parent.id, ExecutionId: parent.execution },
    TaskScheduleId: decision.id,
    Version: null,
  };
  beginInstance(
    store,
    effects,
    {
      id,
      execution: context.newExecution(),
      name,
      input: json(decision.input),
      parent: parentInstance,
      generation: null,
    },
    at,
  );
}

function json(value: unknown): string | null {
  return value === undefined || value === null ? null : JSON.stringify(value);
}
