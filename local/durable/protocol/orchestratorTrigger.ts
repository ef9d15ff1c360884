import type { InvocationInput } from '../../invocation/invoker';
import { input, jsonData, memberData, stringData, type TypedData } from '../../invocation/typedData';

/** What an orchestrator is told at a turn. `history` and `input` are JSON text. */
interface OrchestratorTurn {
  /** The events so far, JSON objects joined by commas. */
  readonly history: string;
  readonly input: string | null;
  readonly instanceId: string;
  readonly isReplaying: boolean;
  readonly parentInstanceId: string | null;
}

const protocol = {
  upperSchemaVersion: 1,
  upperSchemaVersionNew: 3,
  longRunningTimerIntervalDuration: '3.00:00:00',
  maximumShortTimerDuration: '6.00:00:00',
  defaultHttpAsyncRequestSleepTimeMillseconds: 30_000,
};

const protocolText = JSON.stringify(protocol).slice(1);
const protocolData = memberData(protocol);

/**
 * The inputs of an orchestrator's invocation, as the Durable extension sends them, but for one thing: the metadata do
 * not repeat the trigger. The SDK would read the whole history a second time at each turn, for nobody.
 */
export function orchestratorTrigger(triggerName: string, turn: OrchestratorTurn): InvocationInput {
  const raw =
    `{"history":[${turn.history}],"input":${turn.input ?? 'null'},` +
    `"instanceId":${JSON.stringify(turn.instanceId)},"isReplaying":${turn.isReplaying},` +
    `"parentInstanceId":${JSON.stringify(turn.parentInstanceId)},${protocolText}`;
  return {
    inputData: [input(triggerName, stringData(raw))],
    triggerMetadata: {
      ...inputMember(turn.input),
      instanceId: stringData(turn.instanceId),
      isReplaying: stringData(turn.isReplaying ? 'True' : 'False'),
      ...(turn.parentInstanceId === null ? {} : { parentInstanceId: stringData(turn.parentInstanceId) }),
      ...protocolData,
    },
  };
}

function inputMember(text: string | null): Record<string, TypedData> {
  // An object is passed on as it is: parsing a large one only to write it again would cost time at each turn.
  if (text?.startsWith('{')) return { input: jsonData(text) };
  return memberData({ input: JSON.parse(text ?? 'null') as unknown });
}
