import { assignmentOverlays, optionOverlay, pathOverlay, setOverlays } from '../../files/overlays';
import { triggerColumns } from '../../shown/columns';
import { command as define } from '../command';
import { tagValues } from '../groupOptions';
import { list, text, toggle, wholeNumber } from '../options';
import { definitionFile, description, namedInFile, setValues } from '../sharedOptions';

export const command = define({
  path: 'trigger create',
  summary: 'Create a trigger, which starts a job for what lands in a datastore; or replace one.',
  details: [
    'Without a word about batching, each file is a job of its own. With --window-seconds all files of that time are one, ' +
      'and with --marker a file of that name starts one job over its folder. Files that were there before the trigger are ' +
      'left alone.',
  ],
  options: {
    file: definitionFile('the trigger'),
    name: namedInFile('trigger'),
    endpoint: text('-e, --endpoint-name <endpoint>', 'The endpoint of which jobs are started.'),
    deployment: text(
      '-d, --deployment-name <deployment>',
      'The deployment; the default one at the time of a job where it is left out.',
    ),
    datastore: text(
      '--datastore <datastore>',
      'The datastore that is watched; workspaceblobstore where it is left out.',
    ),
    path: text(
      '--path <prefix>',
      'The folder in the datastore that is watched; all of it where it is left out.',
    ),
    include: list('--include <pattern...>', "Only these files, such as '*.csv' or '2024/**'."),
    exclude: list('--exclude <pattern...>', 'Not these files, by patterns as those of --include.'),
    seconds: wholeNumber(
      '--window-seconds <number>',
      'Let all files of so many seconds be one job.',
      1,
      86_400,
    ),
    files: wholeNumber(
      '--window-files <number>',
      'The most files of a window, which they close.',
      1,
      100_000,
    ),
    marker: text('--marker <name>', 'Let a file of this name start a job over its folder.'),
    output: text(
      '--output-path <template>',
      'The path of the predictions file, such as azureml://datastores/results/paths/{date}/{name}.csv.',
    ),
    paused: toggle('--paused', 'Let it start no jobs until it is resumed; files that land meanwhile wait.'),
    description,
    tags: tagValues,
    set: setValues,
  },
  examples: [
    ['Create a trigger from a file', 'trigger create --file trigger.yml'],
    [
      'Score each CSV file that lands in a folder',
      "trigger create --name score-arrivals --endpoint-name my-endpoint --datastore landing --path incoming --include '*.csv'",
    ],
    [
      'Score all that landed in a minute with one job',
      'trigger create --file trigger.yml --window-seconds 60 --window-files 1000',
    ],
  ],
  columns: triggerColumns,
  run: async (values, context) => {
    const { createTrigger } = await import('../../registering/createTrigger.js');
    const { seconds, files, marker, output, paused } = values;
    const type = marker !== undefined ? 'marker' : (seconds ?? files) !== undefined ? 'window' : undefined;
    const option = type === 'marker' ? '--marker' : '--window-seconds';
    return createTrigger(context, {
      file: values.file,
      overlays: [
        ...setOverlays(values.set),
        ...optionOverlay('name', values.name, '--name'),
        ...optionOverlay('endpoint', values.endpoint, '--endpoint-name'),
        ...optionOverlay('deployment', values.deployment, '--deployment-name'),
        ...optionOverlay('watch.datastore', values.datastore, '--datastore'),
        ...optionOverlay('watch.path', values.path, '--path'),
        ...optionOverlay('watch.include', values.include, '--include'),
        ...optionOverlay('watch.exclude', values.exclude, '--exclude'),
        ...optionOverlay('batching.type', type, option),
        ...optionOverlay('batching.seconds', seconds, '--window-seconds'),
        ...optionOverlay('batching.files', files, '--window-files'),
        ...optionOverlay('batching.name', marker, '--marker'),
        ...pathOverlay('output', output, '--output-path', context.currentFolder),
        ...optionOverlay('paused', paused || undefined, '--paused'),
        ...optionOverlay('description', values.description, '--description'),
        ...assignmentOverlays('--tags', 'tags', values.tags),
      ],
    });
  },
});
