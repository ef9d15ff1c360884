import { failure } from '../../shared/errors/batchpointError';
import type { AnsweredCompute, AnsweredDatastore } from '../client/resources';
import type { Context } from '../context';
import { computeBody, datastoreBody } from '../files/bodies';
import { readDefinition, type DefinitionSource } from '../files/definition';
import type { Overlay } from '../files/overlays';
import { checkInstances } from '../registering/createPlaces';
import { shownCompute, shownDatastore } from '../shown/places';
import { withoutKeys } from './changes';

/** What is to change of a compute or a datastore. */
interface PlaceChange {
  readonly name: string;
  /** The file of the whole, which takes the place of what is there. */
  readonly file: string | undefined;
  readonly overlays: readonly Overlay[];
  /** Keys that are taken away. */
  readonly remove: readonly string[] | undefined;
}

/** What the host adds to what users write. */
const added = ['id', 'provisioning_state', 'is_default', 'credentials', 'use'];

/** Changes a compute, and answers it. */
export async function updateCompute(context: Context, change: PlaceChange): Promise<object> {
  const { workspace } = context;
  const path = `computes/${encodeURIComponent(change.name)}`;
  const before = await workspace.get<AnsweredCompute>(path);
  const definition = readDefinition('compute', sourceOf(context, change, shownCompute(before)));
  checkInstances(definition);
  return shownCompute(await workspace.put<AnsweredCompute>(path, computeBody(definition.value)));
}

/** Changes a datastore, and answers it. Its secrets stay where none are given. */
export async function updateDatastore(context: Context, change: PlaceChange): Promise<object> {
  const { workspace } = context;
  const path = `datastores/${encodeURIComponent(change.name)}`;
  const before = await workspace.get<AnsweredDatastore>(path);
  const { properties } = before;
  if (properties.isDefault === true) throw failure('DefaultDatastoreFixed', { name: before.name });
  const { value, folder } = readDefinition('datastore', sourceOf(context, change, shownDatastore(before)));
  const body = datastoreBody(value, folder) as { tags?: object; properties: object };
  const { tags = {}, description = null } = value;
  const gone = Object.keys(properties.tags ?? {}).filter((tag) => !Object.hasOwn(tags, tag));
  const patch = {
    ...body.properties,
    description,
    tags: { ...tags, ...Object.fromEntries(gone.map((tag) => [tag, null])) },
  };
  return shownDatastore(await workspace.patch<AnsweredDatastore>(path, { properties: patch }));
}

/** What is there, as a definition, with the changes over it; a file stands for all of it. */
function sourceOf(
  { currentFolder }: Context,
  { name, file, overlays, remove = [] }: PlaceChange,
  shown: Readonly<Record<string, unknown>>,
): DefinitionSource {
  if (file === undefined && overlays.length + remove.length === 0)
    throw failure('NothingToChange', { options: '--file, --set, --add or --remove' });
  const written = Object.entries(shown).filter(([key]) => !added.includes(key));
  // The option goes over the name in the file.
  const base = file === undefined ? withoutKeys(Object.fromEntries(written), remove) : { name };
  const present = Object.entries(base).map(([key, value]): Overlay => ({ path: [key], value, origin: key }));
  return { file, currentFolder, overlays: [...present, ...overlays] };
}
