import { removeFolders } from '../support/hostApp';
import { runJob, type AnswerActivity, type JobRunThrough } from '../support/jobOrchestrations';

/** What a history may have at most: more of them slows down every turn of an instance. */
const most = 500;

describe('The histories of orchestrations stay short', () => {
  afterAll(removeFolders);

  const ended = { open: [], left: 0 };
  const needle = new Error('the store was away');

  function expectShort({ instance, longest }: JobRunThrough, names: readonly string[]): void {
    expect(instance.status).toBe('Completed');
    expect([...longest.keys()].sort()).toEqual([...names].sort());
    expect([...longest].filter(([, events]) => events >= most)).toEqual([]);
  }

  /** Every activity fails as often as its retry policy bears. */
  const inNeed =
    (answer: AnswerActivity): AnswerActivity =>
    (asked) =>
      asked.before % 6 < 5 ? needle : answer({ ...asked, before: Math.floor(asked.before / 6) });

  test('with more lanes than groups of lanes can carry', async () => {
    const run = await runJob(({ name }) =>
      name === 'planJob' ? { lanes: 1_700 } : name === 'scoreNext' ? { more: false } : ended,
    );
    expectShort(run, ['scoreJob', 'scoreLane', 'scoreLaneGroup']);
    expect(run.asked.get('scoreNext')).toBe(1_700);
  });

  test('with forty lanes, which hang under the job itself, each of many claims', async () => {
    const run = await runJob(({ name, sequence }) =>
      name === 'planJob' ? { lanes: 40 } : name === 'scoreNext' ? { more: sequence < 12 } : ended,
    );
    expectShort(run, ['scoreJob', 'scoreLane']);
    expect(run.asked.get('scoreNext')).toBe(40 * 13);
  });

  test('where every activity needs all of its tries', async () => {
    const run = await runJob(
      inNeed(({ name, sequence }) =>
        name === 'planJob' ? { lanes: 2 } : name === 'scoreNext' ? { more: sequence < 12 } : ended,
      ),
    );
    expectShort(run, ['scoreJob', 'scoreLane']);
    expect(run.asked.get('scoreNext')).toBe(2 * 13 * 6);
  });

  test('where the last claim of a history fails for good, after all before it have needed all tries', async () => {
    const run = await runJob((asked) => {
      const { name, sequence } = asked;
      if (name === 'scoreNext' && sequence === 9) return needle;
      const said = name === 'planJob' ? { lanes: 1 } : name === 'scoreNext' ? { more: true } : ended;
      return inNeed(() => said)(asked);
    });
    expectShort(run, ['scoreJob', 'scoreLane']);
    expect(run.asked.get('stopJob')).toBe(6);
  });

  test('where claims of many lanes are open at the end, round after round', async () => {
    const lanes = 130;
    let open = Array.from({ length: lanes }, (_, lane) => ({ lane, sequence: 1, from: lane, to: lane + 1 }));
    const run = await runJob(
      inNeed(({ name, lane, sequence }) => {
        if (name === 'planJob') return { lanes: 1 };
        if (name === 'finishJob') return { open: open.slice(0, 20), left: open.length };
        if (sequence === 1) open = open.filter((one) => one.lane !== lane);
        return { more: false };
      }),
    );
    expectShort(run, ['scoreJob', 'scoreLane']);
    expect(run.asked.get('stopJob')).toBeUndefined();
    expect(open).toEqual([]);
  });

  test('of a job that waits for its admission, and of lanes that wait for places, however often', async () => {
    const wait = { more: true, again: true, wait: true };
    const run = await runJob(({ name, sequence, before }) => {
      if (name === 'planJob') return before < 60 ? { lanes: 0, wait: true } : { lanes: 3 };
      if (name !== 'scoreNext') return ended;
      return before < 60 ? wait : { more: sequence < 2 };
    });
    expectShort(run, ['scoreJob', 'scoreLane']);
    expect(run.asked.get('planJob')).toBe(61);
    expect(run.asked.get('scoreNext')).toBe(3 * 3 * 61);
  });

  test('where claims do not become fewer, and the job is given up', async () => {
    const open = [{ lane: 0, sequence: 1, from: 0, to: 1 }];
    let stopped = false;
    const run = await runJob(
      inNeed(({ name }) => {
        if (name === 'planJob') return { lanes: 40 };
        if (name === 'finishJob') return stopped ? ended : { open, left: 1 };
        if (name === 'stopJob') stopped = true;
        return { more: false };
      }),
    );
    expectShort(run, ['scoreJob', 'scoreLane']);
    expect(run.asked.get('stopJob')).toBe(6);
  });
});
