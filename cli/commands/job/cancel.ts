import type { AnsweredJob } from '../../client/resources';
import { jobColumns } from '../../shown/columns';
import { shownJob } from '../../shown/job';
import { command as define } from '../command';
import { jobName } from '../sharedOptions';

export const command = define({
  path: 'job cancel',
  summary: 'Cancel a job. What it has scored so far is kept.',
  options: { name: jobName },
  examples: [['Cancel a job', 'job cancel --name <job>']],
  columns: jobColumns,
  run: async ({ name }, { workspace }) => {
    const path = `jobs/${encodeURIComponent(name)}`;
    await workspace.post(`${path}/cancel`);
    return shownJob(await workspace.get<AnsweredJob>(path));
  },
});
