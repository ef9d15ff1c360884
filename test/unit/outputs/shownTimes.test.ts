import { newRun, type JobRun, type JobTimes } from '../../../shared/jobs/jobRun';
import { phaseSeconds, shownTimes } from '../../../shared/outputs/summary';

const at = (hour: number): string => new Date(Date.UTC(2026, 0, 1, hour)).toISOString();

const run = (times: Omit<JobTimes, 'created'>): JobRun => ({
  ...newRun(at(12)),
  times: { created: at(12), ...times },
});

describe('the times of a job', () => {
  test('are shown as they are where they are in order', () => {
    const times = { created: at(12), started: at(13), planned: at(14), prepared: at(15), ended: at(16) };
    expect(shownTimes(run(times))).toEqual(times);
  });

  test('are never before it was made, nor after its end, where the clock was set back', () => {
    const times = { started: at(13), planned: at(14), firstScored: at(11), scored: at(11), ended: at(11) };
    expect(shownTimes(run(times))).toEqual({
      created: at(12),
      started: at(13),
      planned: at(14),
      firstScored: at(12),
      scored: at(12),
      ended: at(14),
    });
    for (const seconds of Object.values(phaseSeconds(shownTimes(run(times)))))
      expect(seconds).toBeGreaterThanOrEqual(0);
  });
});
