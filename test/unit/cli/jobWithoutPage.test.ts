import type { AnsweredJob } from '../../../cli/client/resources';
import { shownJob } from '../../../cli/shown/job';

const properties: Partial<AnsweredJob['properties']> = {
  endpointName: 'e',
  deploymentName: 'd',
  output: { path: 'azureml/j/score' },
  interactionEndpoints: {},
  status: 'Running',
  provisioningState: 'InProgress',
  createdBy: 'ann',
  startTime: '2026-01-01T00:00:00.000Z',
  progress: {
    miniBatches: 2,
    files: 4,
    lanes: 1,
    miniBatchesDone: 0,
    miniBatchesFailed: 0,
    filesDone: 0,
    filesFailed: 0,
    rows: 0,
    tries: 0,
  },
  phases: {},
  warnings: [],
};

/** What a host answers that has no key to seal links with. */
const job: AnsweredJob = {
  id: '/jobs/j',
  name: 'j',
  type: 'jobs',
  systemData: { createdAt: '2026-01-01T00:00:00.000Z' },
  properties: properties as AnsweredJob['properties'],
};

test('a job that has no page is shown without one', () => {
  const shown = shownJob(job);
  expect(shown).toMatchObject({ name: 'j', status: 'Running', services: {} });
  expect(shown).not.toHaveProperty('studio_endpoint');
});
