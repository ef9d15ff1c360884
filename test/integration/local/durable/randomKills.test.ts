import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { until } from '../../../../bench/product/until';
import { makeApp, removeFolders, type AppFolder } from '../../../support/hostApp';
import { clientFunctions, HostClient } from '../../../support/hostClient';
import { HostProcess, killHosts } from '../../../support/hostProcess';

const lanes = 4;
const perLane = 60;
const kills = 8;

/** Lanes that take numbers from an activity, keep what they were given, and continue as new every few. */
const source = `
${clientFunctions}
const { appendFileSync } = require('node:fs');
const journal = process.env.JOURNAL;
df.app.activity('take', { handler: async ({ lane, at }) => {
  appendFileSync(journal, lane + ' ' + at + '\\n');
  await new Promise((resolve) => setTimeout(resolve, at % 3));
  return lane * 1000 + at;
} });
df.app.orchestration('lane', function* (context) {
  const { lane, at, got } = context.df.getInput();
  for (let next = at; next < Math.min(at + 7, ${perLane}); next += 1) {
    got.push(yield context.df.callActivity('take', { lane, at: next }));
  }
  if (at + 7 < ${perLane}) context.df.continueAsNew({ lane, at: at + 7, got });
  return got;
});
df.app.orchestration('job', function* (context) {
  const lanes = Array.from({ length: ${lanes} }, (_, lane) =>
    context.df.callSubOrchestrator('lane', { lane, at: 0, got: [] }, context.df.instanceId + '-lane' + lane));
  const got = yield context.df.Task.all(lanes);
  yield context.df.createTimer(new Date(context.df.currentUtcDateTime.getTime() + 50));
  return got;
});
`;

describe('A host that is killed again and again', () => {
  let app: AppFolder;
  let journal: string;

  beforeEach(() => {
    app = makeApp(source);
    journal = join(app.root, 'journal.txt');
  });

  afterEach(async () => {
    await killHosts();
    removeFolders();
  });

  test.each([1, 2])(
    'delivers the result of every activity once, in order (seed %i)',
    async (seed) => {
      const random = generator(seed);
      appendFileSync(journal, '');
      const first = await start();
      await new HostClient(first.url).start('job', {}, 'job');
      let host = first;
      for (let kill = 0; kill < kills; kill += 1) {
        // The moment is some number of activities from now, so that no kill comes before there was progress.
        await grown(lines() + 1 + Math.floor(random() * 25));
        await host.kill();
        host = await start();
      }
      const ended = await new HostClient(host.url).ended('job');
      const lane = (of: number): number[] => Array.from({ length: perLane }, (_, at) => of * 1000 + at);
      expect(ended.output).toEqual(Array.from({ length: lanes }, (_, of) => lane(of)));
      // An activity that was under way when the host was killed has run again: no more than those of one moment each time.
      expect(lines()).toBeLessThanOrEqual(lanes * perLane + kills * lanes);
    },
    60_000,
  );

  function start(): Promise<HostProcess> {
    return HostProcess.start(app, [], { JOURNAL: journal });
  }

  function lines(): number {
    return existsSync(journal) ? readFileSync(journal, 'utf8').split('\n').length - 1 : 0;
  }

  async function grown(count: number): Promise<void> {
    await until(lines, (seen) => seen >= Math.min(count, lanes * perLane), 1);
  }
});

/** Numbers from 0 to 1 that are the same at each run (mulberry32). */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
