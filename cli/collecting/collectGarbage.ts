import {
  collectedKinds,
  type CollectedItem,
  type CollectionReport,
} from '../../shared/collecting/collection';
import { usageInvalid } from '../commands/usageInvalid';
import type { Context } from '../context';

/** What the command line says of a collection. */
interface CollectionOptions {
  readonly olderThan: string | undefined;
  readonly dryRun: boolean;
  readonly only: readonly string[] | undefined;
}

/**
 * Has the host free what nothing uses any more, and answers what that was; the sum goes to standard error. Fails with
 * `UsageInvalid`.
 */
export async function collectGarbage(
  { workspace, terminal }: Context,
  { olderThan = '30d', dryRun, only }: CollectionOptions,
): Promise<readonly CollectedItem[]> {
  const body = {
    olderThan: durationOf(olderThan),
    dryRun,
    ...(only === undefined ? {} : { only: kindsOf(only) }),
  };
  const { properties } = await workspace.postAndWait<{ properties: CollectionReport }>(
    'collectGarbage',
    body,
  );
  const { total, items } = properties;
  const verb = dryRun ? 'Would free' : 'Freed';
  terminal.note(`${verb} ${inWords(total.bytes)}: ${total.count} ${total.count === 1 ? 'thing' : 'things'}.`);
  if (total.count > items.length) terminal.note(`The first ${items.length} of them are named.`);
  return items;
}

/** A time such as `30d` as a duration of ISO 8601. */
function durationOf(time: string): string {
  const [, count, unit] = /^(\d{1,6})([dhm])$/i.exec(time.trim()) ?? [];
  if (count === undefined || unit === undefined) {
    throw usageInvalid(
      `--older-than '${time}': it is a number of days, hours or minutes, such as 30d, 12h or 90m`,
      'gc',
    );
  }
  return unit.toLowerCase() === 'd' ? `P${count}D` : `PT${count}${unit.toUpperCase()}`;
}

/** Kinds as they were written, with commas or spaces between them. */
function kindsOf(only: readonly string[]): string[] {
  const kinds = only.flatMap((words) => words.split(',')).map((word) => word.trim().toLowerCase());
  const odd = kinds.find((kind) => !collectedKinds.some((one) => one === kind));
  if (odd !== undefined)
    throw usageInvalid(`--only '${odd}': it is one of ${collectedKinds.join(', ')}`, 'gc');
  return kinds;
}

/** Bytes for people. */
function inWords(bytes: number): string {
  const units = ['bytes', 'KB', 'MB', 'GB', 'TB'];
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  return `${(bytes / 1000 ** power).toFixed(power === 0 ? 0 : 1)} ${units[power] ?? ''}`;
}
