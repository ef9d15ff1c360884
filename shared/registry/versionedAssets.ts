import { failure, isFailure } from '../errors/batchpointError';
import { findRow } from '../stores/findRow';
import { isSameWrite } from '../stores/sameWrite';
import type { Row, RowChange, TableStore } from '../stores/tableStore';
import { AssetContainers, numberOf } from './assetContainers';
import { changedLabels, type AssetLabels, type LabelChange } from './assetLabels';
import { checkName } from './nameRules';
import { isConditionMet, type WriteCondition } from './writeCondition';
import { assetKinds, type AssetKind, type AssetReference } from './references';

/** One version of an asset. `digest` tells whether two registrations mean the same content. */
export interface AssetVersion<T> {
  readonly name: string;
  readonly version: string;
  readonly createdAt: string;
  readonly digest: string;
  readonly value: T;
  /** When it was archived last; absent where it is not, or was from its beginning. */
  readonly archivedAt?: string;
  /** Set while it is being removed: from then on nobody finds it any more. */
  readonly removing?: true;
}

/** A version with the ETag of its row. */
export interface StoredVersion<T> {
  readonly asset: AssetVersion<T>;
  readonly etag: string;
}

/** Versions of assets of one kind. The content of a version never changes once it is made; its labels may. */
export class VersionedAssets<T extends AssetLabels> {
  readonly containers: AssetContainers;

  constructor(
    private readonly tables: TableStore,
    private readonly kind: AssetKind,
    private readonly now: () => Date,
  ) {
    this.containers = new AssetContainers(tables, kind);
  }

  /** The version that a reference means, or `ResourceNotFound`, `VersionNotFound`, `NoCurrentVersion`. */
  async get(reference: AssetReference): Promise<AssetVersion<T>> {
    return (await this.stored(reference)).asset;
  }

  /** The same with its ETag. */
  async stored({ name: asked, version }: AssetReference): Promise<StoredVersion<T>> {
    if (version === undefined) return this.latest(asked);
    const row = await this.row(asked, version);
    if (row !== undefined) return { asset: row.value, etag: row.etag };
    const { name } = await this.containers.get(asked);
    throw failure('VersionNotFound', { kind: assetKinds[this.kind], name, version });
  }

  async find(name: string, version: string): Promise<AssetVersion<T> | undefined> {
    return (await this.row(name, version))?.value;
  }

  /** The versions of an asset, the newest first; `shows` says which. */
  async listVersions(
    name: string,
    shows: (isArchived: boolean) => boolean = () => true,
  ): Promise<AssetVersion<T>[]> {
    const found: AssetVersion<T>[] = [];
    for await (const { value } of this.tables.query<AssetVersion<T>>(this.versions(name))) {
      if (value.removing !== true && shows(value.value.isArchived === true)) found.push(value);
    }
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
      if (!isFailure(error, 'RowConflict')) throw error;
      const winner = await this.find(made.name, made.version);
      if (winner === undefined)
        throw failure('ResourceDeleting', { kind: assetKinds[this.kind], name: made.name }, { cause: error });
      // The answer of the first attempt may have been lost: then the winner is this very one.
      if (!isSameWrite(winner, made)) return { asset: await this.sameOrRefuse(winner, made), created: false };
    }
    await this.raise(made);
    return { asset: made, created: true };
  }

  /** Fails with `ResourceChanged` where what is there, by its ETag, is not what a condition asks for. */
  check(name: string, etag: string | undefined, condition: WriteCondition): void {
    if (isConditionMet(condition, etag)) return;
    throw failure('ResourceChanged', { kind: assetKinds[this.kind], name });
  }

  /**
   * Changes what people say of a version; who meets another change begins anew. Fails with `ResourceChanged` where the
   * condition does not hold, beside what `get` fails with.
   */
  async label(
    reference: AssetReference,
    change: LabelChange,
    condition: WriteCondition = {},
  ): Promise<StoredVersion<T>> {
    const { asset, etag } = await this.stored(reference);
    this.check(asset.name, etag, condition);
    const next = this.relabelled(asset, change);
    const row = asset.version.toLowerCase();
    const isMade = await this.commit(asset.name, { kind: 'replace', row, value: next, etag });
    if (!isMade) return this.label(reference, change, condition);
    // Before the change is answered, so that @latest means another version from then on.
    if ((asset.value.isArchived === true) !== (next.value.isArchived === true)) await this.renew(asset.name);
    return this.stored(asset);
  }

  private relabelled({ archivedAt, ...asset }: AssetVersion<T>, change: LabelChange): AssetVersion<T> {
    const value = changedLabels(asset.value, change);
    if (value.isArchived !== true) return { ...asset, value };
    const since = asset.value.isArchived === true ? archivedAt : this.now().toISOString();
    return { ...asset, value, ...(since === undefined ? {} : { archivedAt: since }) };
  }

  /** Removes a version, and answers what it was. Its number is not given out again. */
  async remove(
    name: string,
    version: string,
    condition: WriteCondition = {},
  ): Promise<AssetVersion<T> | undefined> {
    const row = await this.row(name, version);
    if (row === undefined) return undefined;
    this.check(name, row.etag, condition);
    const isMade = await this.commit(name, { kind: 'remove', row: row.row, etag: row.etag });
    const removed = isMade ? undefined : await this.remove(name, version, condition);
    if (removed !== undefined) return removed;
    // Also where it was gone then: this very call had removed it, whose answer was lost.
    await this.renew(name);
    return row.value;
  }

  private async latest(asked: string): Promise<StoredVersion<T>> {
    const noted = await this.noted(asked);
    if (noted !== undefined && noted.asset.value.isArchived !== true) return noted;
    // Whoever archived or removed it may have died before the container knew of it.
    await this.renew(asked);
    const found = await this.noted(asked);
    if (found !== undefined) return found;
    const { name } = await this.containers.get(asked);
    throw failure('NoCurrentVersion', { kind: assetKinds[this.kind], name });
  }

  /** The version that the container has for the newest, if it is there. */
  private async noted(asked: string): Promise<StoredVersion<T> | undefined> {
    const { name, latestVersion } = await this.containers.get(asked);
    const row = latestVersion === undefined ? undefined : await this.row(name, latestVersion);
    return row === undefined ? undefined : { asset: row.value, etag: row.etag };
  }

  private async sameOrRefuse(present: AssetVersion<T>, made: AssetVersion<T>): Promise<AssetVersion<T>> {
    // Whoever made it may have died before the container knew of it, and would give its number out again for ever.
    const container = await this.containers.find(made.name);
    if (container === undefined || numberOf(present.version) >= Number(container.nextVersion))
      await this.raise(present);
    if (present.digest === made.digest) return present;
    throw failure('VersionExists', { kind: assetKinds[this.kind], name: made.name, version: made.version });
  }

  private raise({ name, version, value }: AssetVersion<T>): Promise<void> {
    return this.containers.raise(name, version, value.isArchived === true);
  }

  private renew(name: string): Promise<void> {
    return this.containers.renew(name, async () => {
      const [newest] = await this.listVersions(name, (isArchived) => !isArchived);
      return newest?.version;
    });
  }

  /** Makes a change; says no where somebody else was faster. */
  private async commit(name: string, change: RowChange): Promise<boolean> {
    try {
      await this.tables.commit(this.versions(name), [change]);
      return true;
    } catch (error) {
      if (!isFailure(error, 'RowConflict')) throw error;
      return false;
    }
  }

  /** The versions of an asset that are being removed: whoever began that may have died. */
  async *removals(name: string): AsyncGenerator<AssetVersion<T>> {
    for await (const { value } of this.tables.query<AssetVersion<T>>(this.versions(name)))
      if (value.removing === true) yield value;
  }

  /**
   * Removes a version that nothing uses: marks it, looks whether it is used, and removes it then, or takes the mark back.
   * Whoever is about to use it writes that down first and looks for the version then. Says whether it is gone.
   */
  async removeUnused(
    { name, version }: Pick<AssetVersion<T>, 'name' | 'version'>,
    isUsed: () => Promise<boolean>,
  ): Promise<boolean> {
    const key = version.toLowerCase();
    const present = await findRow<AssetVersion<T>>(this.tables, this.versions(name), key);
    if (present === undefined) return true;
    const marked: AssetVersion<T> = { ...present.value, removing: true };
    if (!(await this.commit(name, { kind: 'replace', row: key, value: marked, etag: present.etag })))
      return false;
    const read = await findRow<AssetVersion<T>>(this.tables, this.versions(name), key);
    if (read === undefined) return true;
    const { removing: _mark, ...unmarked } = read.value;
    const change: RowChange = (await isUsed())
      ? { kind: 'replace', row: key, value: unmarked, etag: read.etag }
      : { kind: 'remove', row: key, etag: read.etag };
    if (!(await this.commit(name, change)) || change.kind === 'replace') return false;
    await this.renew(name);
    return true;
  }

  /** A version as it lies there; one that is being removed is there for nobody. */
  private async row(name: string, version: string): Promise<Row<AssetVersion<T>> | undefined> {
    const found = await findRow<AssetVersion<T>>(this.tables, this.versions(name), version.toLowerCase());
    return found?.value.removing === true ? undefined : found;
  }

  private versions(name: string): string {
    return `${this.kind}:${name.toLowerCase()}`;
  }
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
