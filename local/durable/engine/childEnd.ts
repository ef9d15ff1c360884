import { eventType } from '../history/historyEvent';
import { childCompleted, childFailed } from '../history/makeEvent';
import { orchestrationThrew, type Failure } from '../protocol/failureDetails';
import type { Ending } from '../replay/replay';
import { isUnfinished, type Instance } from '../store/instanceTable';
import type { TurnContext } from './turnCommit';

/** Tells the end of a sub-orchestration to the execution that called it, if that one still waits. */
export function tellParent(
  child: Instance,
  ending: Exclude<Ending, { kind: 'continuedAsNew' }>,
  result: string | null,
  { store, effects, at }: TurnContext,
): void {
  if (child.parent === null) return;
  const { OrchestrationInstance: parent, TaskScheduleId: task } = child.parent;
  const waiting = store.instances.get(parent.InstanceId);
  if (waiting === undefined || waiting.execution !== parent.ExecutionId || !isUnfinished(waiting.status))
    return;
  const event =
    ending.kind === 'completed'
      ? childCompleted(eventType.subOrchestrationCompleted, task, result, at)
      : childFailed(eventType.subOrchestrationFailed, task, failureOf(ending, result ?? ''), at);
  store.inbox.put(parent.InstanceId, parent.ExecutionId, event);
  effects.ready.push(parent.InstanceId);
}

function failureOf(ending: Extract<Ending, { kind: 'failed' | 'terminated' }>, reason: string): Failure {
  if (ending.kind === 'terminated') return { reason, details: '' };
  return ending.nonDeterministic ? { reason, details: reason } : orchestrationThrew(reason, ending.error);
}
