import type { WriteCondition } from '../registry/writeCondition';
import type { TableStore } from '../stores/tableStore';
import type { Triggers } from './triggers';
import { noteWork } from './triggerWork';

/**
 * Removes a trigger; says whether there was one. What is noted of its files goes soon after: that there is something to
 * do is noted first, so that it goes even if whoever removes the trigger dies. Fails with `ResourceChanged`.
 */
export async function removeTrigger(
  { tables, triggers }: { readonly tables: TableStore; readonly triggers: Triggers },
  name: string,
  condition: WriteCondition = {},
): Promise<boolean> {
  const present = await triggers.find(name);
  if (present === undefined) return false;
  triggers.check(name, present, condition);
  await noteWork(tables, present);
  return triggers.remove(name, condition);
}
