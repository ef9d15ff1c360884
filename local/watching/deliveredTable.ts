import type { DatabaseSync, StatementSync } from 'node:sqlite';

const slice = 1000;

/** Which version of each watched file was delivered last. */
export class DeliveredTable {
  private readonly statements: Readonly<Record<keyof typeof sql, StatementSync>>;

  constructor(database: DatabaseSync) {
    const prepared = Object.entries(sql).map(([name, text]) => [name, database.prepare(text)]);
    this.statements = Object.fromEntries(prepared) as Record<keyof typeof sql, StatementSync>;
  }

  /** The number of a place, which stays the same as long as it is watched. */
  placeOf(id: string, folder: string): number {
    this.statements.addPlace.run(id, folder);
    return Number(this.statements.findPlace.get(id, folder)?.number);
  }

  /** The ETag of the version of a file that was delivered; undefined where none was. */
  etagOf(place: number, path: string): string | undefined {
    const etag = this.statements.find.get(place, path)?.etag;
    return typeof etag === 'string' ? etag : undefined;
  }

  put(place: number, path: string, etag: string): void {
    this.statements.put.run(place, path, etag);
  }

  /** Forgets what is no more: a file, or a folder with all that was below. */
  forget(place: number, path: string): void {
    this.statements.remove.run(place, path);
    // The character after the slash is the zero.
    this.statements.removeBelow.run(place, `${path}/`, `${path}0`);
  }

  count(place: number): number {
    return Number(this.statements.count.get(place)?.count);
  }

  /** Some hundred paths of a place after one of them, in their order. */
  pathsAfter(place: number, path: string): string[] {
    return this.statements.after.all(place, path, slice).map((row) => String(row.path));
  }

  /** Forgets, in slices between which other work goes on, all places but these. */
  async keepOnly(places: readonly number[]): Promise<void> {
    const kept = JSON.stringify(places);
    this.statements.removePlaces.run(kept);
    while (Number(this.statements.removeStrays.run(slice).changes) === slice) {
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}

const sql = {
  addPlace: 'INSERT INTO watched (id, folder) VALUES (?, ?) ON CONFLICT DO NOTHING',
  findPlace: 'SELECT number FROM watched WHERE id = ? AND folder = ?',
  removePlaces: 'DELETE FROM watched WHERE number NOT IN (SELECT value FROM json_each(?))',
  removeStrays:
    'DELETE FROM delivered WHERE (place, path) IN ' +
    '(SELECT place, path FROM delivered WHERE place NOT IN (SELECT number FROM watched) LIMIT ?)',
  find: 'SELECT etag FROM delivered WHERE place = ? AND path = ?',
  put: 'INSERT OR REPLACE INTO delivered (place, path, etag) VALUES (?, ?, ?)',
  remove: 'DELETE FROM delivered WHERE place = ? AND path = ?',
  removeBelow: 'DELETE FROM delivered WHERE place = ? AND path > ? AND path < ?',
  count: 'SELECT count(*) AS count FROM delivered WHERE place = ?',
  after: 'SELECT path FROM delivered WHERE place = ? AND path > ? ORDER BY path LIMIT ?',
} as const;
