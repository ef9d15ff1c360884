import type { InvocationInput } from '../../invocation/invoker';
import { input, jsonData, memberData, scalarText, stringData } from '../../invocation/typedData';

/** The inputs of an activity's invocation, as the Durable extension sends them. `inputText` is JSON. */
export function activityTrigger(
  triggerName: string,
  instanceId: string,
  inputText: string | null,
): InvocationInput {
  const instance = { instanceId: stringData(instanceId) };
  const value = JSON.parse(inputText ?? 'null') as unknown;
  if (inputText === null || value === null) {
    return { inputData: [input(triggerName, {})], triggerMetadata: instance };
  }
  const trigger = stringData(typeof value === 'object' ? inputText : scalarText(value));
  return {
    inputData: [input(triggerName, trigger)],
    triggerMetadata: { ...instance, [triggerName]: trigger, data: jsonData(inputText), ...memberData(value) },
  };
}
