import { collectedKinds } from '../../shared/collecting/collection';
import { command as define } from './command';
import { list, text, toggle } from './options';

export const command = define({
  path: 'gc',
  summary: 'Free the disk of what nothing uses any more.',
  details: [
    'It goes through jobs that have ended, with what they have staged, their logs and their place in lists; through ' +
      'leftovers of attempts and processes that died; through versions that are archived, or that were made for a ' +
      'deployment without a name of their own; through uploads that were never registered; and through environments ' +
      'that were installed on the machine of the host.',
    'The output of a job is never removed. A job stays as long as another one goes on from it, and a version as long as ' +
      'a deployment or a job names it. What is removed cannot be had back: look at it first with --dry-run.',
  ],
  options: {
    olderThan: text(
      '--older-than <time>',
      'For how long it may not have been used: 30d, 12h, 90m. Left out: 30d.',
    ),
    dryRun: toggle('--dry-run', 'Only say what would be freed.'),
    only: list('--only <kinds...>', `Some kinds alone: ${collectedKinds.join(', ')}.`),
  },
  examples: [
    ['See what could be freed', 'gc --dry-run'],
    ['Remove the jobs that ended a week ago or earlier', 'gc --only jobs --older-than 7d'],
  ],
  columns: [
    ['Kind', 'kind'],
    ['Name', 'name'],
    ['Bytes', 'bytes'],
  ],
  run: async (values, context) => {
    const { collectGarbage } = await import('../collecting/collectGarbage.js');
    return collectGarbage(context, values);
  },
});
