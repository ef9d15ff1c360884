import { assignmentOverlays, optionOverlay, setOverlays } from '../../files/overlays';
import { computeColumns } from '../../shown/columns';
import { command as define } from '../command';
import { tagValues } from '../groupOptions';
import { choice, text, wholeNumber } from '../options';
import { definitionFile, description, noWait, setValues } from '../sharedOptions';

export const command = define({
  path: 'compute create',
  summary: 'Create a compute, or change one.',
  options: {
    file: definitionFile('the compute'),
    name: text('-n, --name <name>', 'The name of the compute.'),
    type: choice('-t, --type <type>', 'The type of the compute; there is one, amlcompute.', ['amlcompute']),
    minInstances: wholeNumber('--min-instances <number>', 'Instances that are kept.', 0),
    maxInstances: wholeNumber('--max-instances <number>', 'The most instances that jobs use at once.', 1),
    size: text('--size <size>', 'The size of an instance; kept, not used.'),
    idleTime: wholeNumber(
      '--idle-time-before-scale-down <seconds>',
      'Seconds after which an idle instance ends; accepted, not used.',
      0,
    ),
    tier: text('--tier <tier>', 'dedicated or low_priority; accepted, not used.'),
    location: text('-l, --location <region>', 'The region; accepted, not used.'),
    description,
    tags: tagValues,
    noWait,
    set: setValues,
  },
  examples: [
    [
      'Create a compute',
      'compute create --name cpu-cluster --type amlcompute --min-instances 0 --max-instances 4',
    ],
    ['Create it from a file', 'compute create --file compute.yml'],
  ],
  columns: computeColumns,
  run: async (values, context) => {
    const { createCompute } = await import('../../registering/createPlaces.js');
    return createCompute(context, {
      file: values.file,
      overlays: [
        ...setOverlays(values.set),
        ...optionOverlay('name', values.name, '--name'),
        ...optionOverlay('type', values.type, '--type'),
        ...optionOverlay('min_instances', values.minInstances, '--min-instances'),
        ...optionOverlay('max_instances', values.maxInstances, '--max-instances'),
        ...optionOverlay('size', values.size, '--size'),
        ...optionOverlay('idle_time_before_scale_down', values.idleTime, '--idle-time-before-scale-down'),
        ...optionOverlay('tier', values.tier, '--tier'),
        ...optionOverlay('location', values.location, '--location'),
        ...optionOverlay('description', values.description, '--description'),
        ...assignmentOverlays('--tags', 'tags', values.tags),
      ],
    });
  },
});
