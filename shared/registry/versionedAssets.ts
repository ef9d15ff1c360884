import { failure, isFailure } from '../errors/batchpointError';
import { conflictPause } from '../stores/conflictPause';
import { findRow } from '../stores/findRow';
import { isSameWrite } from '../stores/sameWrite';
import type { Row, TableStore } from '../stores/tableStore';
import { checkName } from './nameRules';
import { assetKinds, type AssetKind, type AssetReference } from './references';

/** One version of an asset. `digest` tells whether two registrations mean the same content. */
export interface AssetVersion<T> {
  readonly name: string;
  readonly version: string;
  readonly createdAt: string;
  readonly digest: string;
  readonly value: T;
}

/** What is known of an asset over all its versions. */
export interface AssetContainer {
  readonly name: string;
  readonly latestVersion: string;
  readonly nextVersion: string;
}

/** Versions of assets of one kind. A version never changes once it is made. */
export class VersionedAssets<T> {
  constructor(
    private readonly tables: TableStore,
    private readonly kind: AssetKind,
  ) {}

  /** The version that a reference means, or `ResourceNotFound`, `VersionNotFound`. */
  async get(reference: AssetReference): Promise<AssetVersion<T>> {
    const version = reference.version ?? (await this.container(reference.name)).latestVersion;
    const found = await this.find(reference.name, version);
    if (found !== undefined) return found;
    const { name } = await this.container(reference.name);
    throw failure('VersionNotFound', { kind: assetKinds[this.kind], name, version });
  }

  async find(name: string, version: string): Promise<AssetVersion<T> | undefined> {
    return (await findRow<AssetVersion<T>>(this.tables, this.versions(name), version.toLowerCase()))?.value;
  }

  /** The newest and the next version of an asset, or `ResourceNotFound`. */
  async container(name: string): Promise<AssetContainer> {
    const row = await this.containerRow(name);
    if (row === undefined) {
      throw failure('ResourceNotFound', {
        kind: assetKinds[this.kind],
        name,
        command: listCommands[this.kind],
      });
    }
    return row.value;
  }

  async listContainers(options: { after?: string; limit?: number } = {}): Promise<AssetContainer[]> {
    const range = {
      ...(options.after === undefined ? {} : { from: `${options.after.toLowerCase()}!` }),
      ...(options.limit === undefined ? {} : { limit: options.limit }),
    };
    const found: AssetContainer[] = [];
    for await (const row of this.tables.query<AssetContainer>(this.kind, range)) found.push(row.value);
    return found;
  }

  /** All versions of an asset, the newest first. */
  async listVersions(name: string): Promise<AssetVersion<T>[]> {
    const found: AssetVersion<T>[] = [];
    for await (const row of this.tables.query<AssetVersion<T>>(this.versions(name))) found.push(row.value);
    return found.sort((a, b) => compareText(b.createdAt, a.createdAt));
  }

  /** Fails with `NameInvalid` where a version of that name and number cannot be made. */
  checkNames(name: string, version: string): void {
    checkName('asset', name, assetKinds[this.kind]);
    checkName('version', version, 'version');
  }

  /**
   * Makes a version. The same content again gives the version that is there; other content is `VersionExists`.
   * Two who make the same version at once have one winner, and the other learns whether it meant the same.
   */
  async create(made: AssetVersion<T>): Promise<{ asset: AssetVersion<T>; created: boolean }> {
    this.checkNames(made.name, made.version);
    const present = await this.find(made.name, made.version);
    if (present !== undefined) return { asset: await this.sameOrRefuse(present, made), created: false };
    try {
      const row = made.version.toLowerCase();
      await this.tables.commit(this.versions(made.name), [{ kind: 'insert', row, value: made }]);
    } catch (error) {
      const winner = isFailure(error, 'RowConflict') ? await this.find(made.name, made.version) : undefined;
      if (winner === undefined) throw error;
      // The answer of the first attempt may have been lost: then the winner is this very one.
      if (!isSameWrite(winner, made)) return { asset: await this.sameOrRefuse(winner, made), created: false };
    }
    await this.raiseContainer(made);
    return { asset: made, created: true };
  }

  private async sameOrRefuse(present: AssetVersion<T>, made: AssetVersion<T>): Promise<AssetVersion<T>> {
    // Whoever made it may have died before the container knew of it, and would give its number out again for ever.
    const container = (await this.containerRow(made.name))?.value;
    if (container === undefined || numberOf(present.version) >= Number(container.nextVersion))
      await this.raiseContainer(present);
    if (present.digest === made.digest) return present;
    throw failure('VersionExists', { kind: assetKinds[this.kind], name: made.name, version: made.version });
  }

  private async raiseContainer({ name, version }: AssetVersion<T>): Promise<void> {
    for (let conflict = 1; ; conflict++) {
      const row = await this.containerRow(name);
      const nextVersion = String(Math.max(numberOf(version) + 1, Number(row?.value.nextVersion ?? 1)));
      const value: AssetContainer = { name: row?.value.name ?? name, latestVersion: version, nextVersion };
      const key = name.toLowerCase();
      try {
        const change =
          row === undefined
            ? ({ kind: 'insert', row: key, value } as const)
            : ({ kind: 'replace', row: key, value, etag: row.etag } as const);
        await this.tables.commit(this.kind, [change]);
        return;
      } catch (error) {
        if (!isFailure(error, 'RowConflict')) throw error;
      }
      await conflictPause(conflict);
    }
  }

  private containerRow(name: string): Promise<Row<AssetContainer> | undefined> {
    return findRow<AssetContainer>(this.tables, this.kind, name.toLowerCase());
  }

  private versions(name: string): string {
    return `${this.kind}:${name.toLowerCase()}`;
  }
}

const listCommands: Readonly<Record<AssetKind, string>> = {
  models: 'batchpoint model list',
  codes: 'batchpoint endpoint list',
  environments: 'batchpoint environment list',
  data: 'batchpoint data list',
};

/** The number of a version that is one; 0 for a word. */
function numberOf(version: string): number {
  return /^\d{1,15}$/.test(version) ? Number(version) : 0;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
