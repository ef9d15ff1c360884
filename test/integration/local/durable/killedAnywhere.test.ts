import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { until } from '../../../../bench/product/until';
import { makeApp, removeFolders, type AppFolder } from '../../../support/hostApp';
import { clientFunctions, HostClient } from '../../../support/hostClient';
import { HostProcess, killHosts } from '../../../support/hostProcess';

const source = `
${clientFunctions}
const { appendFileSync, existsSync } = require('node:fs');
const note = (line) => appendFileSync(process.env.JOURNAL, line + '\\n');
const gate = process.env.GATE;
df.app.activity('gated', { handler: async (key) => {
  note('begin ' + key);
  while (!existsSync(gate)) await new Promise((resolve) => setTimeout(resolve, 5));
  note('end ' + key);
  return key;
} });
df.app.activity('quick', { handler: (key) => { note('quick ' + key); return key; } });
df.app.orchestration('activity', function* (context) {
  const before = yield context.df.callActivity('quick', 'before');
  return [before, yield context.df.callActivity('gated', 'it')];
});
df.app.orchestration('timer', function* (context) {
  note('waits');
  yield context.df.createTimer(new Date(context.df.currentUtcDateTime.getTime() + 1500));
  return 'it fired';
});
df.app.orchestration('event', function* (context) {
  const early = yield context.df.waitForExternalEvent('early');
  note('waits');
  return [early, yield context.df.waitForExternalEvent('late')];
});
df.app.orchestration('child', function* (context) {
  return yield context.df.callActivity('gated', 'child');
});
df.app.orchestration('parent', function* (context) {
  return yield context.df.callSubOrchestrator('child', {}, context.df.instanceId + '-child');
});
df.app.orchestration('continued', function* (context) {
  const { round } = context.df.getInput();
  yield context.df.callActivity(round === 3 ? 'gated' : 'quick', 'round ' + round);
  if (round < 5) context.df.continueAsNew({ round: round + 1 });
  return round;
});
`;

describe('A host that was killed goes on', () => {
  let app: AppFolder;
  let journal: string;
  let gate: string;

  beforeEach(() => {
    app = makeApp(source);
    journal = join(app.root, 'journal.txt');
    gate = join(app.root, 'gate');
    appendFileSync(journal, '');
  });

  afterEach(async () => {
    await killHosts();
    removeFolders();
  });

  test('with an activity that was under way: it runs again, at once, and those before do not', async () => {
    const output = await killed('activity', {}, 'begin it');
    expect(output).toEqual(['before', 'it']);
    expect(noted()).toEqual(['quick before', 'begin it', 'begin it', 'end it']);
  }, 30_000);

  test('with a timer that had not fired', async () => {
    expect(await killed('timer', {}, 'waits')).toBe('it fired');
  }, 30_000);

  test('with events that came before and after', async () => {
    const host = await start();
    const client = new HostClient(host.url);
    await client.start('event', {}, 'it');
    await client.call('raiseEvent', 'it', 'early', 1);
    await untilNoted('waits');
    await host.kill();
    const again = new HostClient((await start()).url);
    await again.call('raiseEvent', 'it', 'late', 2);
    expect((await again.ended('it')).output).toEqual([1, 2]);
  }, 30_000);

  test('with a sub-orchestration that somebody waits for', async () => {
    expect(await killed('parent', {}, 'begin child')).toBe('child');
  }, 30_000);

  test('with an orchestration that has continued as new', async () => {
    expect(await killed('continued', { round: 0 }, 'begin round 3')).toBe(5);
    expect(noted().filter((line) => line.startsWith('quick'))).toHaveLength(5);
  }, 30_000);

  test('after SIGTERM too, which does not wait for activities', async () => {
    const host = await start();
    await new HostClient(host.url).start('activity', {}, 'it');
    await untilNoted('begin it');
    expect(await host.kill('SIGTERM')).toBe(0);
    expect(existsSync(join(app.state, 'host-info.json'))).toBe(false);
    appendFileSync(gate, '');
    expect((await new HostClient((await start()).url).ended('it')).output).toEqual(['before', 'it']);
  }, 30_000);

  /** Starts an orchestration, kills the host when a line is in the journal, and returns what a second host ends with. */
  async function killed(name: string, input: unknown, line: string): Promise<unknown> {
    const host = await start();
    await new HostClient(host.url).start(name, input, 'it');
    await untilNoted(line);
    await host.kill();
    appendFileSync(gate, '');
    return (await new HostClient((await start()).url).ended('it')).output;
  }

  function start(): Promise<HostProcess> {
    return HostProcess.start(app, [], { JOURNAL: journal, GATE: gate });
  }

  function noted(): string[] {
    return readFileSync(journal, 'utf8').trim().split('\n');
  }

  async function untilNoted(line: string): Promise<void> {
    await until(noted, (lines) => lines.includes(line), 5);
  }
});
