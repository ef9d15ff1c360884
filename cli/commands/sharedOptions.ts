import { choice, freeText, list, neededText, text, toggle, wholeNumber } from './options';

/** Options that several commands have, with the same words. */
export const typeBatch = choice('-t, --type <type>', 'The type of the endpoint; there is one, batch.', [
  'batch',
]);

export const endpointName = neededText('-n, --name <name>', 'The name of the endpoint.');

export const jobName = neededText('-n, --name <name>', 'The name of the job.');

export const setValues = list(
  '--set <key=value...>',
  'Values over those of the file: keys with dots, as in compute.instance_count=2; numbers, true, false and JSON are taken as such.',
);

export const mostResults = wholeNumber(
  '-r, --max-results <number>',
  'The most jobs to list; 50 where it is left out.',
  1,
);

export const assetVersion = text(
  '-v, --version <version>',
  'The version; the next whole number where it is left out.',
);

export const shownVersion = text('-v, --version <version>', 'The version; the newest where it is left out.');

/** `--endpoint-name` where a file may name it too. */
export const deploymentEndpoint = text(
  '-e, --endpoint-name <name>',
  'The endpoint of the deployment; that in the file where it is left out.',
);

/** `--name` where a file may give it too. */
export function namedInFile(what: string): ReturnType<typeof text> {
  return text('-n, --name <name>', `The name of the ${what}; that in the file where it is left out.`);
}

export const skipScriptValidation = toggle(
  '--skip-script-validation',
  'Accepted, and nothing is skipped: that a script has a run() is always checked.',
);

export const allowPythonMismatch = toggle(
  '--allow-python-mismatch',
  'Let the environment be made with another Python than it asks for, where that is missing: each job says what differs.',
);

export const defaultsValues = list(
  '--defaults <key=value...>',
  'What holds where an invocation says nothing: deployment_name=<name>.',
);

export const noWait = toggle(
  '--no-wait',
  'Accepted, and changes nothing: the command does not wait for anything.',
);

export const description = freeText('--description <text>', 'A description.');

export const yes = '-y, --yes';

/** `--file` of a command that also goes without. */
export function definitionFile(what: string): ReturnType<typeof text> {
  return text('-f, --file <file>', `A YAML file with ${what}.`);
}

export const includedFiles = list(
  '--include <pattern...>',
  "Only these files of the input, such as '*.csv' or '2024/**': without a slash a pattern is held against names, with one " +
    'against paths; a slash at the end means all below such a folder.',
);

export const excludedFiles = list(
  '--exclude <pattern...>',
  'Not these files of the input, by patterns as those of --include.',
);
