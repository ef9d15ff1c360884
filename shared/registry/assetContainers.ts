import { failure, isFailure } from '../errors/batchpointError';
import { conflictPause } from '../stores/conflictPause';
import { findRow } from '../stores/findRow';
import type { Row, TableStore } from '../stores/tableStore';
import { checkName } from './nameRules';
import { assetKinds, type AssetKind } from './references';
import { changedLabels, type AssetLabels, type LabelChange } from './assetLabels';

/** What is known of an asset over all its versions. */
export interface AssetContainer extends Partial<AssetLabels> {
  readonly name: string;
  /** The newest version that is not archived; missing where all of them are archived or deleted. */
  readonly latestVersion?: string;
  /** The next whole number that no version has had. */
  readonly nextVersion: string;
}

/** What a list shows: all, or those of which this says yes. */
export interface ListOptions {
  readonly after?: string;
  readonly limit?: number;
  readonly shows?: (isArchived: boolean) => boolean;
}

/** The assets of one kind over all their versions, by name. Names that differ only in case are the same. */
export class AssetContainers {
  constructor(
    private readonly tables: TableStore,
    private readonly kind: AssetKind,
  ) {}

  async find(name: string): Promise<AssetContainer | undefined> {
    return (await this.row(name))?.value;
  }

  /** The asset of a name, or `ResourceNotFound`. */
  async get(name: string): Promise<AssetContainer> {
    const found = await this.find(name);
    if (found !== undefined) return found;
    const command = listCommands[this.kind];
    throw failure('ResourceNotFound', { kind: assetKinds[this.kind], name, command });
  }

  /** Assets in the order of their names. */
  async list({ after, limit = Infinity, shows = () => true }: ListOptions = {}): Promise<AssetContainer[]> {
    const range = after === undefined ? {} : { from: `${after.toLowerCase()}!` };
    const found: AssetContainer[] = [];
    for await (const { value } of this.tables.query<AssetContainer>(this.kind, range)) {
      if (shows(value.isArchived === true)) found.push(value);
      if (found.length >= limit) break;
    }
    return found;
  }

  /** Notes a version that was made: the newest one, unless it is archived from the beginning. */
  async raise(name: string, version: string, isArchived: boolean): Promise<void> {
    await this.change(name, (present) => {
      const nextVersion = String(Math.max(numberOf(version) + 1, Number(present?.nextVersion ?? 1)));
      const latest = isArchived ? present?.latestVersion : version;
      return withLatest({ ...present, name: present?.name ?? name, nextVersion }, latest);
    });
  }

  /** Finds the newest version anew, after one was archived, restored or deleted. */
  async renew(name: string, latest: () => Promise<string | undefined>): Promise<void> {
    await this.change(name, async (present) => {
      const latestVersion = await latest();
      const isKnown = present === undefined || present.latestVersion === latestVersion;
      return isKnown ? undefined : withLatest(present, latestVersion);
    });
  }

  /** Makes or changes what people say of an asset. Says whether it is new. */
  async label(name: string, change: LabelChange): Promise<boolean> {
    checkName('asset', name, assetKinds[this.kind]);
    let created = false;
    await this.change(name, (present) => {
      created = present === undefined;
      return changedLabels(present ?? { name, nextVersion: '1' }, change);
    });
    return created;
  }

  /** Removes what is known of an asset; its versions are removed before. */
  async remove(name: string): Promise<void> {
    const row = await this.row(name);
    if (row === undefined) return;
    await this.tables.commit(this.kind, [{ kind: 'remove', row: row.row, etag: row.etag }]);
  }

  private async change(
    name: string,
    update: (
      present: AssetContainer | undefined,
    ) => AssetContainer | undefined | Promise<AssetContainer | undefined>,
  ): Promise<void> {
    for (let conflict = 1; ; conflict++) {
      const present = await this.row(name);
      const value = await update(present?.value);
      if (value === undefined) return;
      const row = name.toLowerCase();
      const change =
        present === undefined
          ? ({ kind: 'insert', row, value } as const)
          : ({ kind: 'replace', row, value, etag: present.etag } as const);
      try {
        await this.tables.commit(this.kind, [change]);
        return;
      } catch (error) {
        if (!isFailure(error, 'RowConflict')) throw error;
      }
      await conflictPause(conflict);
    }
  }

  private row(name: string): Promise<Row<AssetContainer> | undefined> {
    return findRow<AssetContainer>(this.tables, this.kind, name.toLowerCase());
  }
}

const listCommands: Readonly<Record<AssetKind, string>> = {
  models: 'batchpoint model list',
  codes: 'batchpoint endpoint list',
  environments: 'batchpoint environment list',
  data: 'batchpoint data list',
};

/** The number of a version that is one; 0 for a word. */
export function numberOf(version: string): number {
  return /^\d{1,15}$/.test(version) ? Number(version) : 0;
}

function withLatest(container: AssetContainer, latestVersion: string | undefined): AssetContainer {
  const { latestVersion: _before, ...rest } = container;
  return latestVersion === undefined ? rest : { ...rest, latestVersion };
}
