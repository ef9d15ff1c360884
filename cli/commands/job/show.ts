import { failure } from '../../../shared/errors/batchpointError';
import type { AnsweredJob } from '../../client/resources';
import { jobColumns } from '../../shown/columns';
import { shownJob } from '../../shown/job';
import { command as define } from '../command';
import { toggle } from '../options';
import { jobName } from '../sharedOptions';

export const command = define({
  path: 'job show',
  summary: 'Show a job: its status, how far it is, what failed, where its output is.',
  options: {
    name: jobName,
    web: toggle('-e, --web', 'Also open the page of the job in a browser, and tell its URL.'),
  },
  examples: [
    ['Get the status of a job', 'job show --name <job> --query status -o tsv'],
    ['See why it failed', "job show --name <job> --query '{error: error, failures: failures}' -o yaml"],
    ['Open its page', 'job show --name <job> --web'],
  ],
  columns: jobColumns,
  run: async ({ name, web }, { workspace, terminal, environment }) => {
    const job = await workspace.get<AnsweredJob>(`jobs/${encodeURIComponent(name)}`);
    if (web) {
      const { openInBrowser } = await import('../../following/openInBrowser.js');
      const { Studio: page } = job.properties.interactionEndpoints;
      if (page === undefined) throw failure('JobPagesOff', {});
      openInBrowser(page.endpoint, { terminal, environment });
    }
    return shownJob(job);
  },
});
