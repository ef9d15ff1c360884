import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OrchestrationHandler } from 'durable-functions';
import { orchestrationNames } from '../../shared/domain/functionNames';
import type { ScoreLaneGroupInput } from '../../shared/domain/scoreJobMessages';
import { removeFolders } from '../support/hostApp';
import { HistoryReplay, type Orchestrators, type RecordedJob } from '../support/recordedHistory';
import { scoreJob } from '../../orchestrations/scoreJob';
import { scoreLane } from '../../orchestrations/scoreLane';
import { scoreLaneGroup } from '../../orchestrations/scoreLaneGroup';

const folder = join(__dirname, 'histories');
const jobs = readdirSync(folder).map(
  (name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as RecordedJob,
);
const job = (scenario: string): RecordedJob => {
  const found = jobs.find((one) => one.scenario === scenario);
  if (found === undefined) throw new Error(`There is no history of '${scenario}'.`);
  return found;
};
const orchestrators: Orchestrators = { scoreJob, scoreLane, scoreLaneGroup };

afterAll(removeFolders);

test.each(jobs)(
  'The recorded job $scenario replays with the orchestrators of this code',
  async (recorded) => {
    expect(await new HistoryReplay(orchestrators).departure(recorded)).toBeUndefined();
  },
);

test('The recorded jobs have all orchestrators in them, each with turns and actions', () => {
  const executions = jobs.flatMap((one) => one.executions);
  expect(new Set(executions.map(({ orchestrator }) => orchestrator))).toEqual(
    new Set(Object.values(orchestrationNames)),
  );
  expect(executions.filter(({ turns, answer }) => turns.length === 0 || answer.actions.length === 0)).toEqual(
    [],
  );
});

describe('A change of an orchestrator that a job in flight would not survive is told', () => {
  const departure = (changed: Orchestrators, scenario: string): Promise<string | undefined> =>
    new HistoryReplay({ ...orchestrators, ...changed }).departure(job(scenario));
  const advice = "docs/upkeep.md, 'Upgrades', says how an orchestrator is changed so that it does.";

  test('when it asks for something before all else', async () => {
    const changed: OrchestrationHandler = function* (context) {
      yield context.df.callActivity('prepareScorer', {});
      return undefined;
    };
    const told = await departure({ scoreLane: changed }, 'oneLane');
    expect(told).toContain(
      "The orchestrator 'scoreLane' departs from the history 'oneLane' of an earlier version",
    );
    expect(told).toContain('at turn 1');
    expect(told).toContain('prepareScorer');
    expect(told).toContain(advice);
  });

  test('when it asks for the same with another input', async () => {
    const changed: OrchestrationHandler = function* (context) {
      const { job: key } = context.df.getInput<{ job: string }>();
      const { df } = context;
      yield df.Task.all([
        df.callSubOrchestrator('scoreLane', { job: key, lane: 0, sequence: 1 }, 'lane0'),
        df.callSubOrchestrator('scoreLane', { job: key, lane: 1, sequence: 1 }, 'lane1'),
      ]);
    };
    expect(await departure({ scoreLaneGroup: changed }, 'groups')).toContain(
      "orchestrator 'scoreLaneGroup' departs",
    );
  });

  test('when it ends without what it asked for then', async () => {
    const changed: OrchestrationHandler = function* (context) {
      const original = scoreJob(context) as Generator<unknown, unknown, unknown>;
      yield original.next().value as never;
    };
    const told = await departure({ scoreJob: changed }, 'nothingToScore');
    expect(told).toMatch(/named 'finishJob', but the current orchestration replay instead scheduled nothing/);
  });

  test('and not when it is written in another way that asks for the same', async () => {
    const changed: OrchestrationHandler = function* (context) {
      const { job: key, prefix, from, to } = context.df.getInput<ScoreLaneGroupInput>();
      const lanes = Array.from({ length: to - from }, (_, i) => from + i);
      const tasks = lanes.map((lane) =>
        context.df.callSubOrchestrator(
          orchestrationNames.scoreLane,
          { job: key, lane, sequence: 0 },
          `${prefix}-lane${lane}`,
        ),
      );
      yield context.df.Task.all(tasks);
    };
    expect(await departure({ scoreLaneGroup: changed }, 'groups')).toBeUndefined();
  });
});
