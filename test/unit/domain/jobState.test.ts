import {
  isEnded,
  isStoppable,
  jobStates,
  mayMove,
  provisioningStateOf,
  statusOf,
  type JobState,
} from '../../../shared/domain/jobState';

const states = Object.values(jobStates);

describe('the state of a job', () => {
  test('goes from Running to Committing or to Stopping, and from neither to the other', () => {
    expect(states.filter((to) => mayMove('Running', to))).toEqual(['Committing', 'Stopping']);
    expect(mayMove('Committing', 'Stopping')).toBe(false);
    expect(mayMove('Stopping', 'Committing')).toBe(false);
  });

  test('is committed only from Committing', () => {
    expect(states.filter((from) => mayMove(from, 'Completed'))).toEqual(['Committing']);
  });

  test('fails after the decision to commit only once that is written down', () => {
    expect(states.filter((to) => mayMove('Committing', to))).toEqual(['Reverting', 'Completed']);
    expect(states.filter((to) => mayMove('Reverting', to))).toEqual(['Failed']);
  });

  test('never leaves its end', () => {
    expect(states.filter(isEnded)).toEqual(['Completed', 'Failed', 'Canceled']);
  });

  test('can be stopped up to the decision', () => {
    expect(states.filter(isStoppable)).toEqual(['Queued', 'Preparing', 'Running']);
  });

  test.each<[JobState, boolean, string, string]>([
    ['Queued', false, 'Queued', 'InProgress'],
    ['Committing', false, 'Finalizing', 'InProgress'],
    ['Reverting', false, 'Finalizing', 'InProgress'],
    ['Stopping', true, 'CancelRequested', 'InProgress'],
    ['Stopping', false, 'Finalizing', 'InProgress'],
    ['Completed', false, 'Completed', 'Succeeded'],
    ['Failed', false, 'Failed', 'Failed'],
    ['Canceled', true, 'Canceled', 'Canceled'],
  ])('%s (cancelled: %s) is shown as %s and %s', (state, cancelled, status, provisioning) => {
    expect(statusOf(state, cancelled)).toBe(status);
    expect(provisioningStateOf(state)).toBe(provisioning);
  });
});
