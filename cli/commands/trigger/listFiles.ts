import type { AnsweredLandedFile } from '../../client/resources';
import { listOptions } from '../../registering/listOptions';
import { landedFileColumns } from '../../shown/columns';
import { shownLandedFile } from '../../shown/trigger';
import { mostItems, triggerName } from '../groupOptions';
import { command as define } from '../command';

export const command = define({
  path: 'trigger list-files',
  summary:
    'List what became of each file that landed for a trigger: the job that it has, or why it has none.',
  details: [
    'What waits comes first, in the order in which it was noted, and behind it what has a job or was left alone, the file ' +
      'that landed last first. A file that was replaced is there once for each of its versions.',
  ],
  options: { name: triggerName, maxResults: mostItems },
  examples: [
    ['List the files as a table', 'trigger list-files --name score-arrivals -o table'],
    [
      'List those that were left alone, with the reasons',
      'trigger list-files --name score-arrivals --query "[?state==\'left_alone\'].[name, reason.message]" -o tsv',
    ],
  ],
  columns: landedFileColumns,
  run: async ({ name, maxResults }, { workspace }) => {
    const path = `triggers/${encodeURIComponent(name)}/files`;
    const files = await workspace.all<AnsweredLandedFile>(path, listOptions({ maxResults }));
    return files.map(shownLandedFile);
  },
});
