import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type * as durable from 'durable-functions';
import type { FunctionsApp } from '../../local/app/functionsApp';
import type { HistoryEvent } from '../../local/durable/history/historyEvent';
import { orchestratorAnswer, type OrchestratorAnswer } from '../../local/durable/protocol/orchestratorAnswer';
import { orchestratorTrigger } from '../../local/durable/protocol/orchestratorTrigger';
import { replay } from '../../local/durable/replay/replay';
import { Invoker } from '../../local/invocation/invoker';
import { loadedApp } from './hostInProcess';

/** An execution of an orchestrator, as an earlier version has run it. */
export interface RecordedExecution {
  readonly orchestrator: string;
  readonly instanceId: string;
  readonly parentInstanceId: string | null;
  readonly input: unknown;
  /** All that it was given at its last turn. */
  readonly history: readonly HistoryEvent[];
  /** Events that it was given at each turn. */
  readonly turns: readonly number[];
  /** What it had asked for at its last turn. */
  readonly answer: { readonly isDone: boolean; readonly actions: readonly (readonly unknown[])[] };
}

/** What a job went through. */
export interface RecordedJob {
  readonly scenario: string;
  readonly executions: readonly RecordedExecution[];
}

/** Orchestrators by their names. */
export type Orchestrators = Readonly<Record<string, durable.OrchestrationHandler>>;

/** Replays recorded executions on orchestrators, as a host does, with the real programming model. */
export class HistoryReplay {
  private readonly app: FunctionsApp;
  private readonly invoker: Invoker;

  constructor(orchestrators: Orchestrators) {
    this.app = loadedApp((df) => {
      for (const [name, handler] of Object.entries(orchestrators)) df.app.orchestration(name, handler);
    });
    const log = { write: () => undefined };
    this.invoker = new Invoker(this.app, this.app.model, log, randomUUID, undefined, () => '{}');
  }

  /** Where an orchestrator departs from what it did when a job was recorded; `undefined` where it does not. */
  async departure({ scenario, executions }: RecordedJob): Promise<string | undefined> {
    for (const execution of executions) {
      const found = await this.departureOf(execution);
      if (found === undefined) continue;
      return (
        `The orchestrator '${execution.orchestrator}' departs from the history '${scenario}' of an earlier version, in ` +
        `instance ${execution.instanceId}: ${found}. A job that runs would not survive the upgrade to this code. ` +
        "docs/upkeep.md, 'Upgrades', says how an orchestrator is changed so that it does."
      );
    }
    return undefined;
  }

  private async departureOf(execution: RecordedExecution): Promise<string | undefined> {
    const recorded = execution.answer.actions.flat();
    for (const [turn, events] of execution.turns.entries()) {
      const history = execution.history.slice(0, events);
      const answer = await this.ask(execution, history);
      const asked = JSON.parse(JSON.stringify(answer.actions)) as unknown[];
      const place = asked.findIndex((action, i) => !isDeepStrictEqual(action, recorded[i]));
      const at = `at turn ${turn + 1} of ${execution.turns.length}`;
      if (place >= 0) {
        const [was, is] = [recorded[place], asked[place]].map(
          (action) => JSON.stringify(action) ?? 'nothing',
        );
        return `${at} it asks for ${is}, and then it asked for ${was}`;
      }
      const { ending } = replay(history, answer, idOf(history));
      if (ending?.kind === 'failed' && ending.nonDeterministic)
        return `${at} the host finds: ${ending.error}`;
      if (turn < execution.turns.length - 1) continue;
      if (asked.length < recorded.length)
        return `${at} it no longer asks for ${JSON.stringify(recorded[asked.length])}`;
      if (answer.isDone !== execution.answer.isDone)
        return `${at} it ${answer.isDone ? 'ends' : 'does not end'}, other than then`;
    }
    return undefined;
  }

  private async ask(
    { orchestrator, instanceId, parentInstanceId, input }: RecordedExecution,
    history: readonly HistoryEvent[],
  ): Promise<OrchestratorAnswer> {
    const fn = this.app.find(orchestrator, 'orchestrationTrigger');
    if (fn === undefined) throw new Error(`There is no orchestrator '${orchestrator}' any more.`);
    const trigger = orchestratorTrigger(fn.triggerName, {
      history: JSON.stringify(history).slice(1, -1),
      input: JSON.stringify(input),
      instanceId,
      isReplaying: history.length > 2,
      parentInstanceId,
    });
    return orchestratorAnswer(await this.invoker.invoke(fn, trigger));
  }
}

function idOf(history: readonly HistoryEvent[]): string {
  for (const event of history)
    if ('OrchestrationInstance' in event) return event.OrchestrationInstance.ExecutionId;
  return '';
}
