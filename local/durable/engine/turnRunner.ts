import type { FunctionsApp } from '../../app/functionsApp';
import type { Invoker } from '../../invocation/invoker';
import { HistoryCache, type LoadedHistory } from '../history/historyCache';
import { eventType } from '../history/historyEvent';
import { orchestratorMissing } from '../protocol/failureDetails';
import { failed, orchestratorAnswer, type OrchestratorAnswer } from '../protocol/orchestratorAnswer';
import { orchestratorTrigger } from '../protocol/orchestratorTrigger';
import { replay } from '../replay/replay';
import type { DurableStore } from '../store/durableStore';
import { isUnfinished, type Instance } from '../store/instanceTable';
import { arrivals, asPlayed, type Arrivals } from './arrivals';
import { Effects } from './effects';
import { commitTurn, eventsText } from './turnCommit';

/** Messages that one turn takes at most: the rest is for the next one, so that no turn blocks for long. */
const batch = 500;

/** Runs turns: what has come for an instance goes to its orchestrator, and what that one answers is written down. */
export class TurnRunner {
  private readonly histories: HistoryCache;

  constructor(
    private readonly store: DurableStore,
    private readonly app: FunctionsApp,
    private readonly invoker: Invoker,
    private readonly newExecution: () => string,
  ) {
    this.histories = new HistoryCache(store.history);
  }

  /** One turn of an instance; it is not to be called again for the same one before it is over. */
  async run(id: string, isStopped: () => boolean): Promise<Effects> {
    const effects = new Effects();
    const instance = this.store.instances.get(id);
    if (instance === undefined || !isUnfinished(instance.status)) {
      this.store.inbox.clear(id);
      this.histories.drop(id);
      return effects;
    }
    const messages = this.store.inbox.read(id, batch);
    const arrived = arrivals(messages, instance.execution, this.store.clock.text());
    if (arrived.events.length === 0) {
      this.store.transaction(() => this.store.inbox.remove(id, arrived.taken));
      return effects;
    }
    const past = this.histories.load(id);
    const answer = await this.ask(instance, past, arrived);
    if (isStopped()) return effects;
    this.commit(instance, past, arrived, answer, effects);
    if (messages.length > arrived.taken.length || messages.length === batch) effects.ready.push(id);
    return effects;
  }

  private async ask(instance: Instance, past: LoadedHistory, arrived: Arrivals): Promise<OrchestratorAnswer> {
    const fn = this.app.find(instance.name, 'orchestrationTrigger');
    if (fn === undefined) {
      const known = this.app.ofTrigger('orchestrationTrigger').map((other) => other.name);
      return failed(orchestratorMissing(instance.name, known));
    }
    const fresh = eventsText(arrived.events);
    const trigger = orchestratorTrigger(fn.triggerName, {
      history: past.turns === 0 ? fresh : `${past.text},${fresh}`,
      input: instance.input,
      instanceId: instance.id,
      isReplaying: !arrived.events.some((event) => event.EventType === eventType.executionStarted),
      parentInstanceId: instance.parent?.OrchestrationInstance.InstanceId ?? null,
    });
    return orchestratorAnswer(await this.invoker.invoke(fn, trigger));
  }

  private commit(
    instance: Instance,
    past: LoadedHistory,
    arrived: Arrivals,
    answer: OrchestratorAnswer,
    effects: Effects,
  ): void {
    const outcome = replay([...past.events, ...arrived.events], answer, instance.execution);
    const turn = {
      instance,
      taken: arrived.taken,
      arrived: arrived.events.map(asPlayed),
      outcome,
      customStatus: answer.customStatus,
      number: past.turns,
    };
    const { store, newExecution } = this;
    const at = store.clock.text();
    const added = store.transaction(() => commitTurn(turn, { store, effects, at, newExecution }));
    // What happens to an instance that is over happens outside of turns: nothing is kept of it.
    if (added === undefined) this.histories.drop(instance.id);
    else this.histories.append(instance.id, added, eventsText(added));
  }
}
