import { isType } from '../app/functionsApp';
import type { CoreInvocationContext } from '../app/programmingModel';

/** What an invocation leaves behind in the SDKs. */
export interface Invocation {
  readonly core: CoreInvocationContext;
  readonly context?: unknown;
  readonly inputs?: readonly unknown[];
}

/**
 * Empties what an invocation has left behind. The SDKs note invocations in weak maps and make generator functions for
 * each, and the collector of young objects takes what these refer to for alive: whole histories would pile up until
 * the next full collection, some hundred megabytes under load.
 */
export function release({ core, context, inputs }: Invocation): void {
  if (core.request !== undefined) Object.assign(core.request, { inputData: [], triggerMetadata: {} });
  if (!Object.values(core.metadata.bindings).some((binding) => isType(binding, 'orchestrationTrigger')))
    return;
  // An orchestrator is over when it has answered: it is called anew for its next turn.
  if (isObject(context) && 'df' in context) context.df = undefined;
  for (const trigger of inputs ?? []) {
    if (isObject(trigger) && 'history' in trigger && Array.isArray(trigger.history))
      trigger.history.length = 0;
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
