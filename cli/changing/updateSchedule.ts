import { failure } from '../../shared/errors/batchpointError';
import type { AnsweredSchedule } from '../client/resources';
import type { Context } from '../context';
import { scheduleBody } from '../files/scheduleBody';
import type { Overlay } from '../files/overlays';
import { checkedScheduleFile, schedulePath } from '../registering/createSchedule';
import { shownSchedule } from '../shown/schedule';
import { patchBetween, withoutKeys } from './changes';

/** What is to change of a schedule. */
interface ScheduleChange {
  readonly name: string;
  /** The file of the whole, which takes the place of what is there. */
  readonly file: string | undefined;
  readonly overlays: readonly Overlay[];
  /** Keys that are taken away. */
  readonly remove: readonly string[] | undefined;
}

/** What the host adds to what users write. */
const added = ['id', 'provisioning_state', 'state', 'reason', 'next_run', 'last_run', 'creation_context'];

/** Changes a schedule, and answers it: by what differs, so that of two who change it at once neither undoes the other. */
export async function updateSchedule(
  { workspace, currentFolder, terminal }: Context,
  { name, file, overlays, remove = [] }: ScheduleChange,
): Promise<object> {
  if (file === undefined && overlays.length + remove.length === 0)
    throw failure('NothingToChange', { options: '--file, --set, --add or --remove' });
  const path = schedulePath(name);
  const shown = shownSchedule(await workspace.get<AnsweredSchedule>(path));
  const written = writtenOf(shown);
  const read = async (
    base: Readonly<Record<string, unknown>>,
    over: readonly Overlay[],
    from?: string,
  ): Promise<object> => {
    const present = Object.entries(base).map(([key, value]): Overlay => ({
      path: [key],
      value,
      origin: key,
    }));
    const source = { file: from, currentFolder, overlays: [...present, ...over] };
    const { value, folder } = await checkedScheduleFile(source, terminal);
    return plain(scheduleBody(value, folder));
  };
  // The option goes over the name in the file.
  const after =
    file === undefined
      ? await read(withoutKeys(written, remove), overlays)
      : await read({ name }, overlays, file);
  if (file !== undefined) return shownSchedule(await workspace.put<AnsweredSchedule>(path, after));
  const patch = patchBetween(
    (await read(written, [])) as Record<string, unknown>,
    after as Record<string, unknown>,
  );
  return shownSchedule(await workspace.patch<AnsweredSchedule>(path, { properties: {}, ...patch }));
}

/** What of a schedule that is shown could stand in its file: secrets are kept where none are given. */
function writtenOf(shown: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const own = Object.entries(shown).filter(([key]) => !added.includes(key));
  const notifications = ((shown['notifications'] ?? []) as object[]).map((one) => {
    const { has_secret: _hasSecret, ...rest } = one as Record<string, unknown>;
    return rest;
  });
  return { ...Object.fromEntries(own), ...(notifications.length === 0 ? {} : { notifications }) };
}

/** Enables a schedule, or disables it, and answers it. */
export async function enableSchedule(
  { workspace }: Context,
  name: string,
  isEnabled: boolean,
): Promise<object> {
  const path = schedulePath(name);
  return shownSchedule(await workspace.patch<AnsweredSchedule>(path, { properties: { isEnabled } }));
}

/** A body without what is not there. */
function plain(body: object): object {
  return JSON.parse(JSON.stringify(body)) as object;
}
