import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** Something of the own database of a host, by its state folder, while the host does not run. */
export function lookAtDatabase<Seen>(state: string, seen: (database: DatabaseSync) => Seen): Seen {
  const database = new DatabaseSync(join(state, 'durable.db'));
  try {
    return seen(database);
  } finally {
    database.close();
  }
}
