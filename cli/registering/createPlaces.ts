import type { ComputeFile } from '../../shared/schemas/files/generated';
import type { AnsweredCompute, AnsweredDatastore } from '../client/resources';
import type { Context } from '../context';
import { computeBody, datastoreBody } from '../files/bodies';
import { readDefinition, type Definition, type DefinitionSource } from '../files/definition';
import { shownCompute, shownDatastore } from '../shown/places';

type Source = Omit<DefinitionSource, 'currentFolder'>;

/** Creates or changes a compute. */
export async function createCompute(context: Context, source: Source): Promise<object> {
  const { workspace, currentFolder } = context;
  const definition = readDefinition('compute', { ...source, currentFolder });
  checkInstances(definition);
  definition.warnOfUnused(context.terminal);
  const path = `computes/${encodeURIComponent(definition.value.name)}`;
  return shownCompute(await workspace.put<AnsweredCompute>(path, computeBody(definition.value)));
}

/** Fails where more instances are to be kept than there may be. */
export function checkInstances(definition: Definition<ComputeFile>): void {
  const { min_instances: least, max_instances: most } = definition.value;
  if (least !== undefined && most !== undefined && least > most) {
    definition.fault(
      ['min_instances'],
      `expected at most max_instances, which is ${most}, but came ${least}`,
    );
  }
  definition.refuseFaults();
}

/** Creates or changes a datastore. */
export async function createDatastore(
  { workspace, currentFolder }: Context,
  source: Source,
): Promise<object> {
  const { value, folder } = readDefinition('datastore', { ...source, currentFolder });
  const path = `datastores/${encodeURIComponent(value.name)}`;
  return shownDatastore(await workspace.put<AnsweredDatastore>(path, datastoreBody(value, folder)));
}
