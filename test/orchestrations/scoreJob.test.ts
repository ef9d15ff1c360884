import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { placeEvent } from '../../shared/domain/functionNames';
import { makeApp, removeFolders, type AppFolder } from '../support/hostApp';
import { HostClient, clientFunctions } from '../support/hostClient';
import { HostProcess } from '../support/hostProcess';

const dist = join(__dirname, '../../dist');

/** An app with the product's orchestrations, and activities that do what a test has written down for them. */
const source = `
${clientFunctions}
const { appendFileSync, readFileSync } = require('node:fs');
const { join } = require('node:path');
for (const name of ['scoreJob', 'scoreLane', 'scoreLaneGroup']) {
  df.app.orchestration(name, require(${JSON.stringify(dist)} + '/orchestrations/' + name + '.js')[name]);
}
const counts = new Map();
for (const name of ['planJob', 'prepareScorer', 'scoreNext', 'stopJob', 'finishJob']) {
  df.app.activity(name, { handler: async (input) => {
    const script = JSON.parse(readFileSync(join(__dirname, '../' + input.job + '.json'), 'utf8'));
    const key = name === 'scoreNext' ? name + ':' + input.lane : name;
    const call = counts.get(input.job + key) ?? 0;
    counts.set(input.job + key, call + 1);
    appendFileSync(join(__dirname, '../' + input.job + '.log'), JSON.stringify({ name, ...input }) + '\\n');
    const answers = script[key] ?? script[name] ?? [{}];
    const answer = answers[Math.min(call, answers.length - 1)];
    if (answer.wait) await new Promise((resolve) => setTimeout(resolve, answer.wait));
    if (answer.fail) throw new Error(answer.fail);
    return answer;
  } });
}
`;

interface Called {
  readonly name: string;
  readonly lane?: number;
  readonly sequence?: number;
  readonly reason?: string;
}

describe('the orchestration of a job', () => {
  let app: AppFolder;
  let host: HostProcess;
  let client: HostClient;
  /** What takes as long as a retry policy does, begun before all tests so that they need not wait for each other. */
  let slow: { readonly lane: Promise<Called[]>; readonly plan: Promise<Called[]> };

  beforeAll(async () => {
    app = makeApp(source);
    host = await HostProcess.start(app);
    client = new HostClient(host.url);
    slow = {
      lane: run('lane-fails', {
        planJob: [{ lanes: 2 }],
        'scoreNext:0': [{ fail: 'the disk is gone' }],
        'scoreNext:1': [{ more: true, wait: 40_000 }, { more: false }],
        finishJob: [{ open: [] }],
      }),
      plan: run('plan-fails', { planJob: [{ fail: 'no store' }], finishJob: [{ open: [] }] }),
    };
  });

  afterAll(async () => {
    await host.kill();
    removeFolders();
  });

  /** Runs a job whose activities answer as written, and gives the calls that they saw. */
  async function run(job: string, script: Record<string, readonly object[]>): Promise<Called[]> {
    writeFileSync(join(app.root, `${job}.json`), JSON.stringify(script));
    await client.start('scoreJob', { job, start: 1 }, `job-${job}`);
    const status = await client.ended(`job-${job}`);
    expect(status.runtimeStatus).toBe('Completed');
    return calls(job);
  }

  /** Tells an instance again and again that it need not wait, until `running` is over. */
  async function tellUntil(instance: string, running: Promise<Called[]>): Promise<Called[]> {
    const over = running.then(() => true);
    const soon = (): Promise<boolean> => new Promise((resolve) => setTimeout(resolve, 50, false));
    while (!(await Promise.race([over, soon()])))
      await client.call('raiseEvent', instance, placeEvent, {}).catch(() => undefined);
    return running;
  }

  function calls(job: string): Called[] {
    const lines = readFileSync(join(app.root, `${job}.log`), 'utf8')
      .trim()
      .split('\n');
    return lines.map((line) => JSON.parse(line) as Called);
  }

  const names = (some: readonly Called[]): string[] => some.map(({ name }) => name);
  const of = (some: readonly Called[], lane: number): (number | undefined)[] =>
    some.filter((one) => one.name === 'scoreNext' && one.lane === lane).map(({ sequence }) => sequence);

  test('plans and prepares at once, runs all lanes until they have no more, and finishes', async () => {
    const called = await run('plain', {
      planJob: [{ lanes: 3 }],
      scoreNext: [{ more: true }, { more: true }, { more: false }],
      finishJob: [{ open: [] }],
    });
    expect(names(called).slice(0, 2).sort()).toEqual(['planJob', 'prepareScorer']);
    expect([0, 1, 2].map((lane) => of(called, lane))).toEqual([
      [0, 1, 2],
      [0, 1, 2],
      [0, 1, 2],
    ]);
    expect(names(called).filter((name) => name === 'finishJob')).toHaveLength(1);
    expect(names(called).at(-1)).toBe('finishJob');
  });

  test('without lanes goes straight to the end', async () => {
    const called = await run('nothing', { planJob: [{ lanes: 0 }], finishJob: [{ open: [] }] });
    expect(names(called).sort()).toEqual(['finishJob', 'planJob', 'prepareScorer']);
  });

  test('asks for the same claim again where none of it has its result', async () => {
    const called = await run('again', {
      planJob: [{ lanes: 1 }],
      scoreNext: [{ more: true }, { more: true, again: true }, { more: true }, { more: false }],
      finishJob: [{ open: [] }],
    });
    expect(of(called, 0)).toEqual([0, 1, 1, 2]);
  });

  test('keeps the history of a lane short: after some claims it starts a new one', async () => {
    const called = await run('long', {
      planJob: [{ lanes: 1 }],
      scoreNext: [...Array.from({ length: 70 }, () => ({ more: true })), { more: false }],
      finishJob: [{ open: [] }],
    });
    expect(of(called, 0)).toEqual(Array.from({ length: 71 }, (_, i) => i));
    const { input } = await client.status('job-long-1-lane0');
    expect(input).toEqual({ job: 'long', lane: 0, sequence: 70 });
  });

  test('has open claims scored again, from where they are, before it finishes', async () => {
    const called = await run('repair', {
      planJob: [{ lanes: 1 }],
      'scoreNext:0': [{ more: false }],
      'scoreNext:7': [{ more: true }, { more: false }],
      finishJob: [{ open: [{ lane: 7, sequence: 3, from: 10, to: 20 }] }, { open: [] }],
    });
    expect(of(called, 7)).toEqual([3, 4]);
    expect(names(called).slice(-2)).toEqual(['scoreNext', 'finishJob']);
  });

  test('has the open claims of one lane scored one after the other, from the first of them on', async () => {
    const called = await run('repair-lane', {
      planJob: [{ lanes: 1 }],
      'scoreNext:0': [{ more: false }],
      'scoreNext:7': [{ more: true }, { more: true }, { more: true }, { more: false }],
      finishJob: [
        {
          open: [
            { lane: 7, sequence: 5, from: 20, to: 30 },
            { lane: 7, sequence: 3, from: 10, to: 20 },
          ],
        },
        { open: [] },
      ],
    });
    expect(of(called, 7)).toEqual([3, 4, 5, 6]);
    expect(names(called).at(-1)).toBe('finishJob');
  });

  test('asks again while its compute has no place for it, and scores nothing until then', async () => {
    const called = await run('queued', {
      planJob: [{ lanes: 0, wait: true }, { lanes: 0, wait: true }, { lanes: 1 }],
      scoreNext: [{ more: false }],
      finishJob: [{ open: [] }],
    });
    expect(names(called).filter((name) => name !== 'prepareScorer')).toEqual([
      'planJob',
      'planJob',
      'planJob',
      'scoreNext',
      'finishJob',
    ]);
  });

  test('waits in a history of its own each time, and not to the end where it is told not to', async () => {
    // Without being told it would wait for minutes.
    const rounds = Array.from({ length: 10 }, () => ({ lanes: 0, wait: true }));
    const running = run('told', { planJob: [...rounds, { lanes: 0 }], finishJob: [{ open: [] }] });
    expect(names(await tellUntil('job-told', running)).filter((name) => name === 'planJob')).toHaveLength(11);
    const { input } = await client.status('job-told');
    expect(input).toEqual({ job: 'told', start: 1, waits: 10 });
  });

  test('has a lane without a place ask for the same claim again, and go on from there', async () => {
    const waiting = { more: true, again: true, wait: true };
    const called = run('placeless', {
      planJob: [{ lanes: 1 }],
      scoreNext: [{ more: true }, waiting, waiting, waiting, waiting, { more: true }, { more: false }],
      finishJob: [{ open: [] }],
    });
    expect(of(await tellUntil('job-placeless-1-lane0', called), 0)).toEqual([0, 1, 1, 1, 1, 1, 2]);
  });

  test('asks for the end again while a store is away, without scoring anything twice, and repairs after that', async () => {
    const away = { open: [], left: 0, wait: true };
    const called = run('away', {
      planJob: [{ lanes: 1 }],
      scoreNext: [{ more: false }],
      finishJob: [
        ...[away, away, away],
        { open: [{ lane: 0, sequence: 0, from: 0, to: 1 }], left: 1 },
        ...[away, away],
        { open: [] },
      ],
    });
    expect(names(await tellUntil('job-away', called))).toEqual([
      ...names(await called).slice(0, 2),
      'scoreNext',
      ...['finishJob', 'finishJob', 'finishJob', 'finishJob'],
      'scoreNext',
      ...['finishJob', 'finishJob', 'finishJob'],
    ]);
  });

  test('waits for the end of a job that was stopped, where a store is away then', async () => {
    const called = run('away-stopped', {
      planJob: [{ lanes: 1 }],
      scoreNext: [{ more: false }],
      finishJob: [
        ...Array.from({ length: 4 }, () => ({ open: [{ lane: 0, sequence: 0, from: 0, to: 1 }], left: 1 })),
        ...Array.from({ length: 3 }, () => ({ open: [], left: 0, wait: true })),
        { open: [] },
      ],
    });
    const all = names(await tellUntil('job-away-stopped', called));
    expect(all.slice(-5)).toEqual(['stopJob', ...Array.from({ length: 4 }, () => 'finishJob')]);
  });

  test('gives a job up of which claims stay open', async () => {
    const called = await run('never', {
      planJob: [{ lanes: 1 }],
      scoreNext: [{ more: false }],
      finishJob: [
        ...Array.from({ length: 4 }, () => ({ open: [{ lane: 0, sequence: 0, from: 0, to: 1 }], left: 1 })),
        { open: [] },
      ],
    });
    expect(names(called).slice(-2)).toEqual(['stopJob', 'finishJob']);
    expect(called.find(({ name }) => name === 'stopJob')?.reason).toContain(
      '1 claims stayed open, and did not become fewer in 3 rounds',
    );
  });

  test('hangs more lanes than one history should carry under groups', async () => {
    const called = await run('wide', {
      planJob: [{ lanes: 95 }],
      scoreNext: [{ more: false }],
      finishJob: [{ open: [] }],
    });
    const lanes = called.filter(({ name }) => name === 'scoreNext').map(({ lane }) => lane ?? -1);
    expect(lanes.sort((a, b) => a - b)).toEqual(Array.from({ length: 95 }, (_, i) => i));
    const group = (await client.status('job-wide-1-group80')) as { runtimeStatus: string };
    expect(group.runtimeStatus).toBe('Completed');
  });

  test('stops the job when the machinery of one lane fails, and ends only after all other lanes have', async () => {
    const called = await slow.lane;
    const stop = called.find(({ name }) => name === 'stopJob');
    expect(stop?.reason).toContain('the disk is gone');
    expect(of(called, 0)).toEqual([0, 0, 0, 0, 0, 0]);
    expect(names(called).slice(-2)).toEqual(['scoreNext', 'finishJob']);
    expect(called.at(-2)).toMatchObject({ lane: 1, sequence: 1 });
  });

  test('stops the job when it cannot be planned, and finishes it all the same', async () => {
    const called = await slow.plan;
    expect(names(called).slice(-2)).toEqual(['stopJob', 'finishJob']);
  });
});
