import { failure } from '../../shared/errors/batchpointError';
import type { AnsweredTrigger } from '../client/resources';
import type { Context } from '../context';
import type { Overlay } from '../files/overlays';
import { triggerBody } from '../files/triggerBody';
import { readTrigger, triggerPath } from '../registering/createTrigger';
import { shownTrigger } from '../shown/trigger';
import { patchBetween, withoutKeys } from './changes';

/** What is to change of a trigger. */
interface TriggerChange {
  readonly name: string;
  /** The file of the whole, which takes the place of what is there. */
  readonly file: string | undefined;
  readonly overlays: readonly Overlay[];
  /** Keys that are taken away. */
  readonly remove: readonly string[] | undefined;
}

type Shown = Readonly<Record<string, unknown>>;

/** What the host adds to what users write. */
const added = ['id', 'provisioning_state', 'status', 'creation_context'];

/** Changes a trigger, and answers it: by what differs, so that of two who change it at once neither undoes the other. */
export async function updateTrigger(
  { workspace, currentFolder }: Context,
  { name, file, overlays, remove = [] }: TriggerChange,
): Promise<object> {
  if (file === undefined && overlays.length + remove.length === 0)
    throw failure('NothingToChange', { options: '--file, --set, --add or --remove' });
  const path = triggerPath(name);
  const written = writtenOf(await workspace.get<AnsweredTrigger>(path));
  const read = async (base: Shown, over: readonly Overlay[], from?: string): Promise<Shown> => {
    const present = Object.entries(base).map(([key, value]): Overlay => ({
      path: [key],
      value,
      origin: key,
    }));
    const source = { file: from, currentFolder, overlays: [...present, ...over] };
    const { value, folder } = await readTrigger(source);
    return JSON.parse(JSON.stringify(triggerBody(value, folder))) as Shown;
  };
  if (file !== undefined) {
    // The option goes over the name in the file.
    const whole = await read({ name }, overlays, file);
    return shownTrigger(await workspace.put<AnsweredTrigger>(path, whole));
  }
  const after = await read(withoutKeys(written, remove), overlays);
  const patch = { properties: {}, ...patchBetween(await read(written, []), after) };
  return shownTrigger(await workspace.patch<AnsweredTrigger>(path, patch));
}

/** Pauses a trigger, or resumes it, and answers it. */
export async function switchTrigger(
  { workspace }: Context,
  name: string,
  verb: 'pause' | 'resume',
): Promise<object> {
  const path = triggerPath(name);
  await workspace.post(`${path}/${verb}`);
  return shownTrigger(await workspace.get<AnsweredTrigger>(path));
}

/** A trigger as a file that makes it; the host keeps the secrets of notifications whose targets stay. */
function writtenOf(trigger: AnsweredTrigger): Shown {
  const { notifications, ...shown } = shownTrigger(trigger);
  const written = Object.entries(shown).filter(([key]) => !added.includes(key));
  return {
    ...Object.fromEntries(written),
    ...(notifications === undefined ? {} : { notifications: withoutMarks(notifications) }),
  };
}

function withoutMarks(notifications: unknown): unknown {
  const withoutMark = ({ has_secret: _mark, ...notification }: Shown): Shown => notification;
  return (notifications as readonly Shown[]).map(withoutMark);
}
