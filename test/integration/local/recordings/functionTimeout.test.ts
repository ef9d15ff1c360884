import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { makeApp, removeFolders } from '../../../support/hostApp';
import { HostProcess, killHosts } from '../../../support/hostProcess';
import { Comparable } from './comparable';
import { replayRequests } from './liveRun';
import { LiveTrace } from './liveTrace';
import { describeWithRecordings, readRecording, recordingsFolder } from './recordings';

describeWithRecordings('An activity that exceeds the function timeout', () => {
  afterEach(async () => {
    await killHosts();
    removeFolders();
  });

  test('fails as on the real host, and the next orchestration runs', async () => {
    const recording = readRecording('functionTimeout');
    const app = makeApp(readFileSync(join(recordingsFolder, 'app.js'), 'utf8'), {
      functionTimeout: '00:00:05',
    });
    const file = join(app.root, 'trace.jsonl');
    const host = await HostProcess.start(app, ['--trace', file]);
    const trace = new LiveTrace(file);
    // The activity that was given up is left out: it goes on here, as nothing can stop it.
    const awaited = {
      ...recording,
      activities: recording.activities.filter((call) => call.response !== undefined),
    };
    await replayRequests(awaited, host, trace);
    const comparable = new Comparable(recording.name, app.root);
    expect(comparable.turns(trace.turns)).toEqual(comparable.turns(recording.turns));
    expect(comparable.activities(trace.activities)).toEqual(comparable.activities(awaited.activities));
  }, 60_000);
});
