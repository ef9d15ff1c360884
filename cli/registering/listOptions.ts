import { usageInvalid } from '../commands/usageInvalid';

/** What of a list is wanted. */
export interface ListChoice {
  readonly includeArchived?: boolean | undefined;
  readonly archivedOnly?: boolean | undefined;
  readonly maxResults?: number | undefined;
}

/** How a list is asked for that leaves out what is archived. Fails with `UsageInvalid`. */
export function listOptions({ includeArchived, archivedOnly, maxResults }: ListChoice): {
  readonly most?: number;
  readonly query?: Readonly<Record<string, string>>;
} {
  if (includeArchived === true && archivedOnly === true)
    throw usageInvalid('--include-archived lists all, and --archived-only a part: one of them is enough');
  const view = includeArchived === true ? 'All' : archivedOnly === true ? 'ArchivedOnly' : undefined;
  return {
    ...(maxResults === undefined ? {} : { most: maxResults }),
    ...(view === undefined ? {} : { query: { listViewType: view } }),
  };
}
