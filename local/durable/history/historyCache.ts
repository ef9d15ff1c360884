import type { HistoryTable } from '../store/historyTable';
import type { HistoryEvent } from './historyEvent';

/** The history of an instance's current execution, parsed, and as the JSON text that its triggers contain. */
export interface LoadedHistory {
  readonly events: HistoryEvent[];
  text: string;
  /** The number of turns so far. */
  turns: number;
}

/** Characters of history that are kept in memory over all instances. */
const defaultLimit = 16_000_000;

/**
 * Keeps the histories of the instances that had a turn last, so that a turn need not read them again. The store
 * is the truth: what is not here is read from it, and a restart begins with nothing here.
 */
export class HistoryCache {
  private readonly kept = new Map<string, LoadedHistory>();
  private size = 0;

  constructor(
    private readonly table: HistoryTable,
    private readonly limit = defaultLimit,
  ) {}

  load(instance: string): LoadedHistory {
    const kept = this.kept.get(instance);
    if (kept !== undefined) {
      this.drop(instance);
      this.keep(instance, kept);
      return kept;
    }
    const turns = this.table.turns(instance);
    const text = turns.join(',');
    const loaded = { events: JSON.parse(`[${text}]`) as HistoryEvent[], text, turns: turns.length };
    this.keep(instance, loaded);
    return loaded;
  }

  /** Adds a turn that has been written to the store. `text` are the events as JSON, joined by commas. */
  append(instance: string, events: readonly HistoryEvent[], text: string): void {
    const loaded = this.kept.get(instance);
    if (loaded === undefined) return;
    loaded.events.push(...events);
    loaded.text += loaded.turns === 0 ? text : `,${text}`;
    loaded.turns += 1;
    this.size += text.length;
    this.evict(instance);
  }

  drop(instance: string): void {
    const kept = this.kept.get(instance);
    if (kept === undefined) return;
    this.kept.delete(instance);
    this.size -= kept.text.length;
  }

  private keep(instance: string, loaded: LoadedHistory): void {
    this.kept.set(instance, loaded);
    this.size += loaded.text.length;
    this.evict(instance);
  }

  private evict(except: string): void {
    for (const instance of this.kept.keys()) {
      if (this.size <= this.limit) return;
      if (instance !== except) this.drop(instance);
    }
  }
}
