import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { makeApp, removeFolders, type AppFolder } from '../../../support/hostApp';
import type { InstanceStatus } from '../../../support/hostClient';
import { HostProcess, killHosts } from '../../../support/hostProcess';
import { Comparable } from './comparable';
import { instanceOf, replayRequests } from './liveRun';
import { LiveTrace } from './liveTrace';
import {
  describeWithRecordings,
  hasRecordings,
  readRecording,
  recordingsFolder,
  scenarioNames,
  type Call,
} from './recordings';
import { earlyStatus, leftOut, notRun } from './scenarios';

const names = hasRecordings ? scenarioNames().filter((name) => leftOut[name] === undefined) : [];

describeWithRecordings('An app on the embedded host', () => {
  let app: AppFolder;
  let host: HostProcess;
  let trace: LiveTrace;
  /** What opens the status of an instance: traces do not tell it. */
  let access: string;

  beforeAll(async () => {
    app = makeApp(readFileSync(join(recordingsFolder, 'app.js'), 'utf8'));
    const file = join(app.root, 'trace.jsonl');
    host = await HostProcess.start(app, ['--trace', file]);
    const started = await fetch(`${host.url}/api/start/immediate?id=first`, { method: 'POST' });
    const { statusQueryGetUri } = (await started.json()) as { statusQueryGetUri: string };
    access = new URL(statusQueryGetUri).search;
    await ended(statusQueryGetUri);
    trace = new LiveTrace(file);
  });

  afterAll(async () => {
    await killHosts();
    removeFolders();
  });

  describe.each(names)('sees what it saw on the real one: %s', (name) => {
    const recording = readRecording(name);
    let from: { turns: number; httpCalls: number; exchanges: number };
    let comparable: Comparable;

    beforeAll(async () => {
      comparable = new Comparable(name, app.root);
      const { turns, httpCalls, exchanges } = trace.update();
      from = { turns: turns.length, httpCalls: httpCalls.length, exchanges: exchanges.length };
      await replayRequests(recording, host, trace);
    }, 60_000);

    test('in its HTTP functions', () => {
      const ours = trace.httpCalls.slice(from.httpCalls, from.httpCalls + recording.httpCalls.length);
      expect(comparable.httpCalls(ours)).toEqual(comparable.httpCalls(recording.httpCalls));
    });

    test('in the status of its instance', async () => {
      const { runtimeStatus, output, customStatus } = (recording.result ?? {}) as Partial<InstanceStatus>;
      if (runtimeStatus === undefined || earlyStatus.includes(name)) return;
      const [start] = trace.httpCalls.slice(from.httpCalls);
      const status = await ended(statusAddress(start, access));
      const ours = {
        runtimeStatus: status.runtimeStatus,
        output: status.output,
        customStatus: status.customStatus,
      };
      expect(comparable.plain(ours)).toEqual(comparable.plain({ runtimeStatus, output, customStatus }));
    });

    test('in its activities', () => {
      // An activity of which the orchestrator is over already may end during a later scenario.
      const ids = trace.turns.slice(from.turns).map((turn) => turn.trigger.instanceId);
      const ours = trace.activities.filter((call) => ids.includes(instanceOf(call)));
      const theirs = recording.activities.filter((call) => call.function !== notRun[name]);
      // A recording may have ended before the last answer.
      const areAnswered = theirs.every((call) => call.response !== undefined);
      expect(comparable.activities(ours, areAnswered)).toEqual(comparable.activities(theirs, areAnswered));
    });

    test('in its durable client', () => {
      const ours = trace.exchanges.slice(from.exchanges);
      expect(comparable.exchanges(ours)).toEqual(comparable.exchanges(recording.exchanges));
    });

    test('in its orchestrators, turn by turn', () => {
      const ours = trace.turns.slice(from.turns);
      expect(comparable.turns(ours)).toEqual(comparable.turns(recording.turns));
    });
  });
});

/** Where the answer to a start says that the status is. */
function statusAddress(start: Call | undefined, access: string): string {
  const answer = start?.response as { returnValue: { http: { body: { bytes: { $bytes: string } } } } };
  const { statusQueryGetUri } = JSON.parse(answer.returnValue.http.body.bytes.$bytes) as {
    statusQueryGetUri: string;
  };
  return new URL(access, statusQueryGetUri).href;
}

async function ended(address: string): Promise<InstanceStatus> {
  for (;;) {
    const response = await fetch(address);
    const status = (await response.json()) as InstanceStatus;
    if (response.status === 200) return status;
  }
}
