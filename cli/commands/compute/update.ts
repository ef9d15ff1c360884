import { addOverlays } from '../../changing/changes';
import { asTyped, optionOverlay, setOverlays } from '../../files/overlays';
import { computeColumns } from '../../shown/columns';
import { changeOptions } from '../groupOptions';
import { command as define } from '../command';
import { neededText, wholeNumber } from '../options';
import { definitionFile, noWait } from '../sharedOptions';

export const command = define({
  path: 'compute update',
  summary: 'Change a compute. How many instances its jobs use at once follows from then on.',
  details: ['A file stands for the whole compute; without one, what is not said stays as it is.'],
  options: {
    name: neededText('-n, --name <name>', 'The name of the compute.'),
    file: definitionFile('the compute as it is to be'),
    minInstances: wholeNumber('--min-instances <number>', 'Instances that are kept.', 0),
    maxInstances: wholeNumber('--max-instances <number>', 'The most instances that jobs use at once.', 1),
    ...changeOptions,
    noWait,
  },
  examples: [
    ['Let jobs use more instances', 'compute update --name cpu-cluster --max-instances 8'],
    ['Set a label', 'compute update --name cpu-cluster --set tags.team=vision'],
  ],
  columns: computeColumns,
  run: async ({ name, file, minInstances, maxInstances, set, add, remove, forceString }, context) => {
    const { updateCompute } = await import('../../changing/updatePlaces.js');
    const overlays = [
      ...asTyped(setOverlays(set), forceString),
      ...asTyped(addOverlays(add), forceString),
      ...optionOverlay('min_instances', minInstances, '--min-instances'),
      ...optionOverlay('max_instances', maxInstances, '--max-instances'),
    ];
    return updateCompute(context, { name, file, overlays, remove });
  },
});
