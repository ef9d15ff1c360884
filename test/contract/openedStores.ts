import { randomUUID } from 'node:crypto';
import type { Stores } from '../../shared/stores/stores';

/** Milliseconds that a test may take on a machine that is busy with others. */
export const patience = 120_000;

/** Stores under test. */
export interface OpenedStores {
  /** Those that are open now. */
  readonly stores: Stores;
  /** Opens a second pair on the same place, as another process would. */
  openAnother(): Promise<Stores>;
  /** Closes `stores`, and opens them again. */
  reopen(): Promise<void>;
  /** Closes everything, and removes the place. */
  end(): Promise<void>;
}

/** Stores on a place that `open` leads to, and that `remove` removes. */
export async function openedStores(
  open: () => Promise<Stores>,
  remove: () => Promise<void>,
): Promise<OpenedStores> {
  const others: Stores[] = [];
  let current = await open();
  return {
    get stores() {
      return current;
    },
    openAnother: async () => {
      const other = await open();
      others.push(other);
      return other;
    },
    reopen: async () => {
      await current.close();
      current = await open();
    },
    end: async () => {
      for (const each of [...others, current]) await each.close();
      await remove();
    },
  };
}

/** A name that no other test has. */
export function fresh(kind: string): string {
  return `${kind}-${randomUUID().slice(0, 13)}`;
}
