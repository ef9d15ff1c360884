import { describeWithRecordings, scenarioNames } from './recordings';
import { leftOut } from './scenarios';

describeWithRecordings('The list of scenarios that are left out', () => {
  test('names only scenarios that were recorded', () => {
    expect(scenarioNames()).toEqual(expect.arrayContaining(Object.keys(leftOut)));
  });

  test('gives a reason for each', () => {
    expect(Object.values(leftOut).filter((reason) => reason.length < 20)).toEqual([]);
  });

  test('leaves most of them to be run', () => {
    const run = scenarioNames().filter((name) => leftOut[name] === undefined);
    expect(run.length).toBeGreaterThan(Object.keys(leftOut).length * 4);
  });
});
