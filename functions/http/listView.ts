import type { HttpRequest } from '@azure/functions';
import { failure } from '../../shared/errors/batchpointError';
import type { Parameter } from './operation';

/** The views of a list, by what is archived. */
const views: Readonly<Record<string, (isArchived: boolean) => boolean>> = {
  activeonly: (isArchived) => !isArchived,
  archivedonly: (isArchived) => isArchived,
  all: () => true,
};

/** The parameter of every list that leaves out what is archived. */
export const viewParameters: readonly Parameter[] = [
  {
    name: 'listViewType',
    description: 'ActiveOnly, which is what is meant where it is left out, ArchivedOnly or All.',
    schema: { type: 'string', enum: ['ActiveOnly', 'ArchivedOnly', 'All'] },
  },
];

/** What the list of a request shows, by whether it is archived. Fails with `ParameterInvalid`. */
export function viewOf({ query }: HttpRequest): (isArchived: boolean) => boolean {
  const asked = query.get('listViewType') ?? 'ActiveOnly';
  const key = asked.toLowerCase();
  const view = Object.hasOwn(views, key) ? views[key] : undefined;
  if (view !== undefined) return view;
  const expected = 'ActiveOnly, ArchivedOnly or All';
  throw failure('ParameterInvalid', { name: 'listViewType', value: asked, expected });
}
