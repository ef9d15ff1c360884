import { choice, list, neededText, toggle, wholeNumber } from './options';
import { mostResults } from './sharedOptions';

/** Options that the commands of several groups have, with the same words. */
export const versionLabel = choice(
  '-l, --label <label>',
  'The version by its label; there is one, latest: the newest version that is not archived.',
  ['latest'],
);

export const includeArchived = toggle('--include-archived', 'Also list what is archived.');

export const archivedOnly = toggle('--archived-only', 'Only list what is archived.');

export const mostItems = wholeNumber(
  '-r, --max-results <number>',
  'The most to list; all where it is left out.',
  1,
);

export const tagValues = list('--tags <key=value...>', 'Labels of your own.');

/** Options of every command that changes single values of something. */
export const changeOptions = {
  set: list('--set <key=value...>', 'Values to put, by keys with dots, as in tags.team=vision.'),
  add: list(
    '--add <mapping key=value...>',
    'Values to put into a mapping, as in --add tags team=vision stage=test.',
  ),
  remove: list('--remove <key...>', 'Values to take away, by keys with dots, as in tags.team.'),
  forceString: toggle(
    '--force-string',
    'Take the values of --set and --add as text, whatever they look like.',
  ),
};

export const noWait = toggle('--no-wait', 'Do not wait for the end of what the host does.');

export const force = toggle('--force', 'Cancel jobs that run first, and wait for their end.');

export const triggerName = neededText('-n, --name <name>', 'The name of the trigger.');

export const deploymentName = neededText('-n, --name <name>', 'The name of the deployment.');

export const ofEndpoint = neededText('-e, --endpoint-name <endpoint>', 'The endpoint of the deployment.');

/** Options of every command that lists jobs. */
export const jobListOptions = {
  maxResults: mostResults,
  allResults: toggle('--all-results', 'List all of them, however many there are.'),
  includeArchived,
  archivedOnly,
};
