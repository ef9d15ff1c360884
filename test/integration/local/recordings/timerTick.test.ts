import { join } from 'node:path';

import { makeApp, removeFolders } from '../../../support/hostApp';
import { HostProcess, killHosts } from '../../../support/hostProcess';
import { until } from './liveRun';
import { LiveTrace } from './liveTrace';
import { describeWithRecordings, read } from './recordings';

interface Message {
  readonly type: string;
  readonly msg: { readonly inputData: { data: { json: string } }[]; readonly triggerMetadata: object };
}

const source = `require('@azure/functions').app.timer('tick', { schedule: '*/2 * * * * *', handler: () => {} });`;

describeWithRecordings('A tick of a timer function', () => {
  afterEach(async () => {
    await killHosts();
    removeFolders();
  });

  test('is sent as the real host sends it', async () => {
    const app = makeApp(source);
    const file = join(app.root, 'trace.jsonl');
    await HostProcess.start(app, ['--trace', file]);
    const trace = new LiveTrace(file);
    await until(trace, () => trace.timers.length > 0);
    const theirs = read<Message[]>('timerTrigger', 'trigger.json', []).find(
      ({ type }) => type === 'invocationRequest',
    )?.msg;
    const [ours] = trace.timers;
    expect(ours?.inputData[0]?.data).toEqual(theirs?.inputData[0]?.data);
    expect(shape(ours?.triggerMetadata)).toEqual(shape(theirs?.triggerMetadata));
  }, 30_000);
});

/** Digits stand for the time. */
function shape(metadata: object | undefined): string | undefined {
  return metadata && JSON.stringify(metadata).replace(/\d/g, '0');
}
