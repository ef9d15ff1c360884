import { checkOutputTemplate } from '../../shared/triggers/outputTemplate';
import type { TriggerFile } from '../../shared/schemas/files/generated';
import { FileFilter } from '../../shared/inputs/fileFilter';
import { parseNameReference } from '../../shared/registry/references';
import type { AnsweredTrigger } from '../client/resources';
import type { Context } from '../context';
import { draftDefinition, type Definition, type DefinitionSource } from '../files/definition';
import { triggerBody } from '../files/triggerBody';
import { shownTrigger } from '../shown/trigger';

/** Creates or replaces a trigger, and answers it. */
export async function createTrigger(
  { workspace, currentFolder }: Context,
  source: Omit<DefinitionSource, 'currentFolder'>,
): Promise<object> {
  const { value, folder } = await readTrigger({ ...source, currentFolder });
  const path = triggerPath(value.name);
  return shownTrigger(await workspace.put<AnsweredTrigger>(path, triggerBody(value, folder)));
}

/** Where a trigger is, in the workspace. */
export function triggerPath(name: string): string {
  return `triggers/${encodeURIComponent(name)}`;
}

/** Reads a trigger and checks all of it that can be checked without a host; tells all faults at once. */
export async function readTrigger(source: DefinitionSource): Promise<Definition<TriggerFile>> {
  const definition = draftDefinition('trigger', source);
  const { endpoint, watch, output, batching } = definition.value;
  const check = async (path: readonly string[], work: () => unknown): Promise<void> => {
    if (definition.isSound(path)) await definition.check(path, work);
  };
  await check(['endpoint'], () => parseNameReference('batchEndpoints', endpoint));
  await check(['watch', 'endpoint'], () => parseNameReference('batchEndpoints', watch?.endpoint ?? ''));
  await check(['watch', 'datastore'], () => parseNameReference('datastores', watch?.datastore ?? ''));
  for (const option of ['include', 'exclude'] as const) {
    await check(['watch', option], () => FileFilter.of({ [option]: watch?.[option] ?? [] }));
  }
  const watches = watch?.endpoint === undefined ? 'files' : 'outputs';
  await check(['output'], () => checkOutputTemplate(output ?? '', watches));
  if (watches === 'outputs' && definition.isSound(['batching', 'type']) && batching?.type !== 'each') {
    const reason = 'each output of another endpoint is the input of a job of its own: leave it out';
    definition.fault(['batching', 'type'], reason);
  }
  definition.refuseFaults();
  return definition;
}
