import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { makeApp, removeFolders } from '../../../support/hostApp';
import { HostProcess, killHosts } from '../../../support/hostProcess';
import { normalise } from './normalise';
import { send, until } from './liveRun';
import { LiveTrace } from './liveTrace';
import {
  describeWithRecordings,
  readRecording,
  recordingsFolder,
  type Turn,
  type WireEvent,
} from './recordings';

describeWithRecordings('A host that is killed in the middle of an activity', () => {
  afterEach(async () => {
    await killHosts();
    removeFolders();
  });

  test('goes on with activities, timers and events as the real one does', async () => {
    const recording = readRecording('kill9');
    const app = makeApp(readFileSync(join(recordingsFolder, 'app.js'), 'utf8'));
    const file = join(app.root, 'trace.jsonl');
    const trace = new LiveTrace(file);
    const starts = recording.httpCalls.filter((call) => call.function === 'start');
    const events = recording.httpCalls.filter((call) => call.function === 'op');

    const first = await HostProcess.start(app, ['--trace', file]);
    for (const call of starts) await send(first.url, call);
    // Three activities of the sequence are over, the fourth runs.
    await until(trace, () => trace.turnsOf(instance('kill')) === 4);
    await first.kill();

    const second = await HostProcess.start(app, ['--trace', file]);
    for (const call of events) await send(second.url, call);
    await until(trace, () => ['kill', 'killtimer', 'killev'].every((name) => hasReturned(instance(name))));

    expect(normalise(shown(trace.turns, instance('killtimer')))).toEqual(
      normalise(shown(recording.turns, instance('killtimer'))),
    );
    // Whether one turn or several take the events that are raised at once is a matter of time.
    expect(normalise(end(trace.turns, instance('killev')))).toEqual(
      normalise(end(recording.turns, instance('killev'))),
    );
    // After the sequence ten activities run side by side: in which turns they end is a matter of time.
    const sequence = 9;
    const ours = shown(trace.turns, instance('kill')).slice(0, sequence);
    expect(normalise(ours)).toEqual(normalise(shown(recording.turns, instance('kill')).slice(0, sequence)));
    expect(end(trace.turns, instance('kill')).returned).toEqual(
      end(recording.turns, instance('kill')).returned,
    );

    function instance(name: string): string {
      return `${name}-1795365944890`;
    }

    function hasReturned(id: string): boolean {
      return trace.turns.some((turn) => turn.trigger.instanceId === id && isDone(turn));
    }
  }, 90_000);
});

function isDone(turn: Turn): boolean {
  return (turn.returned as { isDone?: boolean } | undefined)?.isDone === true;
}

/** The turns of an instance. One that was killed before its answer was kept is delivered again, and shown once. */
function shown(turns: readonly Turn[], id: string): unknown[] {
  const own = turns.filter((turn) => turn.trigger.instanceId === id);
  return own
    .filter((turn, index) => seenBy(own[index + 1]) !== seenBy(turn))
    .map(({ trigger, returned }) => ({ trigger, returned }));
}

/** How many events a turn had been given, without those that mark turns. */
function seenBy(turn: Turn | undefined): number | undefined {
  return turn && withoutMarks(turn).length;
}

/** What an instance has seen in the end, and what it answered. */
function end(turns: readonly Turn[], id: string): { seen: readonly WireEvent[]; returned: unknown } {
  const last = turns.filter((turn) => turn.trigger.instanceId === id).at(-1);
  const seen = last === undefined ? [] : withoutMarks(last);
  return { seen: seen.map((event) => ({ ...event, IsPlayed: true })), returned: last?.returned };
}

/** What a turn was given of its history, but for the events that say where a turn began and ended. */
function withoutMarks({ trigger }: Turn): WireEvent[] {
  return trigger.history.filter((event) => event.EventType !== 12 && event.EventType !== 13);
}
