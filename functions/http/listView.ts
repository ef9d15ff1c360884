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
export function viewOf(request: HttpRequest): (isArchived: boolean) => boolean {
  return askedView(request, views, 'ActiveOnly', 'ActiveOnly, ArchivedOnly or All');
}

/** The views of a list of schedules, by what is enabled. */
const scheduleViews: Readonly<Record<string, (isEnabled: boolean) => boolean>> = {
  enabledonly: (isEnabled) => isEnabled,
  disabledonly: (isEnabled) => !isEnabled,
  all: () => true,
};

/** The parameter of the list of schedules. */
export const scheduleViewParameters: readonly Parameter[] = [
  {
    name: 'listViewType',
    description: 'EnabledOnly, which is what is meant where it is left out, DisabledOnly or All.',
    schema: { type: 'string', enum: ['EnabledOnly', 'DisabledOnly', 'All'] },
  },
];

/** What the list of schedules of a request shows, by whether one is enabled. Fails with `ParameterInvalid`. */
export function scheduleViewOf(request: HttpRequest): (isEnabled: boolean) => boolean {
  return askedView(request, scheduleViews, 'EnabledOnly', 'EnabledOnly, DisabledOnly or All');
}

function askedView(
  { query }: HttpRequest,
  known: Readonly<Record<string, (flag: boolean) => boolean>>,
  usual: string,
  expected: string,
): (flag: boolean) => boolean {
  const asked = query.get('listViewType') ?? usual;
  const key = asked.toLowerCase();
  const view = Object.hasOwn(known, key) ? known[key] : undefined;
  if (view !== undefined) return view;
  throw failure('ParameterInvalid', { name: 'listViewType', value: asked, expected });
}
