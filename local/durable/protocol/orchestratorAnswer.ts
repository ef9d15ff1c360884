import type { InvocationResult } from '../../invocation/invoker';
import type { OrchestratorAction } from './orchestratorAction';

const failureLabel = '\n\n$OutOfProcData$:';

/** What an orchestrator answers to a turn: everything it has asked for so far, and whether it has returned. */
export interface OrchestratorAnswer {
  readonly isDone: boolean;
  readonly actions: readonly OrchestratorAction[];
  /** JSON text of what it returned; null when it returned nothing. */
  readonly output: string | null;
  /** Text of what it threw. */
  readonly error: string | undefined;
  /** JSON text of the custom status; undefined when none was set. */
  readonly customStatus: string | undefined;
}

interface AnswerState {
  readonly isDone?: boolean;
  readonly actions?: readonly (readonly OrchestratorAction[])[];
  readonly output?: unknown;
  readonly error?: string;
  readonly customStatus?: unknown;
}

/**
 * Reads the result of an orchestrator's invocation. An orchestrator that threw says so in an exception whose
 * message ends with its state; any other exception failed it before it could ask for anything.
 */
export function orchestratorAnswer(result: InvocationResult): OrchestratorAnswer {
  if (!result.ok) {
    const { message } = result.error;
    const at = message.indexOf(failureLabel);
    if (at < 0) return failed(message);
    const state = JSON.parse(message.slice(at + failureLabel.length)) as AnswerState;
    return { ...answer(state), isDone: false, error: state.error ?? message.slice(0, at) };
  }
  const json = result.response.returnValue?.json;
  if (json === undefined) return failed('The orchestrator function did not answer with its state.');
  return answer(JSON.parse(json) as AnswerState);
}

function answer(state: AnswerState): OrchestratorAnswer {
  return {
    isDone: state.isDone === true,
    actions: (state.actions ?? []).flat(),
    output: jsonText(state.output),
    error: state.error,
    customStatus: jsonText(state.customStatus) ?? undefined,
  };
}

/** The answer of an orchestrator that could not run. */
export function failed(error: string): OrchestratorAnswer {
  return { isDone: false, actions: [], output: null, error, customStatus: undefined };
}

function jsonText(value: unknown): string | null {
  return value === undefined || value === null ? null : JSON.stringify(value);
}
