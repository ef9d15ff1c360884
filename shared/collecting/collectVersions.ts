import { assetKinds, type AssetKind } from '../registry/references';
import type { AssetContent } from '../registry/assetContent';
import type { AssetLabels } from '../registry/assetLabels';
import type { PinnedAsset } from '../registry/deployments';
import type { AssetVersion, VersionedAssets } from '../registry/versionedAssets';
import { userOfAsset, uses, type AssetUser, type AssetUsersContext } from './assetUsers';
import type { Job } from '../jobs/jobStore';
import { isCollected, type JobRemovalContext } from './jobRemoval';
import { jobPages } from './collectJobs';
import type { CollectionStep, Collector } from './collection';

/** Names that the command line gives to what a deployment brings along without a name: they follow from its content. */
const madeUp = /^(?:model|code|environment)-[0-9a-f]{16}$/;

/**
 * Removes versions that nobody has a use for: those that are archived, and those that the command line has made for a
 * deployment, where neither a deployment nor a job that is recorded names them. All others are the user's.
 */
export function collectVersions(context: AssetUsersContext & Omit<JobRemovalContext, 'state'>): Collector {
  return async function* ({ only, dryRun, before, state }): AsyncGenerator<CollectionStep> {
    const { registry } = context;
    // In a dry run the jobs are still there that are gone by now otherwise.
    const isGone = (job: Job): Promise<boolean> => isCollected({ ...context, state }, job, before);
    const recorded = new RecordedUsers(context, dryRun && only.includes('jobs') ? isGone : undefined);
    for (const kind of Object.keys(assetKinds) as AssetKind[]) {
      const { versions } = registry[kind] as unknown as { readonly versions: VersionedAssets<Filed> };
      for (const { name } of await versions.containers.list()) {
        const unfinished = dryRun ? [] : await all(versions.removals(name));
        const unused = (await versions.listVersions(name)).filter(
          ({ value, createdAt, archivedAt = createdAt }) =>
            (value.isArchived === true || madeUp.test(name)) && new Date(archivedAt) <= before,
        );
        for (const asset of [...unfinished, ...unused]) {
          const isUsed = async (): Promise<boolean> =>
            (await recorded.have(kind, asset)) || (await isUsedVersion(context, kind, asset));
          // One that is marked is looked at again under its mark, which is taken back where it is used.
          if (!unfinished.includes(asset) && (await isUsed())) continue;
          if (!dryRun && !(await versions.removeUnused(asset, isUsed))) continue;
          const { content } = asset.value;
          // Where it is not removed for the end of this process, it is a content that no version names.
          if (!dryRun && content !== undefined) await registry.removeContent(content);
          const title = `${assetKinds[kind]} ${name}:${asset.version}`;
          yield { item: { kind: 'versions', name: title, bytes: content?.bytes ?? 0 } };
        }
      }
    }
  };
}

type Filed = AssetLabels & { readonly content?: AssetContent };

/** Whether a deployment or a job that runs uses a version, or somebody is about to make a job of which that is not known. */
async function isUsedVersion(
  context: AssetUsersContext,
  kind: AssetKind,
  asset: AssetVersion<Filed>,
): Promise<boolean> {
  for await (const { name } of context.index.active())
    if ((await context.jobs.find(name)) === undefined) return true;
  return (await userOfAsset(context, kind, asset)) !== undefined;
}

/** The versions that jobs were made with: they are looked through once, where that is asked. */
class RecordedUsers {
  private users: Promise<readonly AssetUser[]> | undefined;

  constructor(
    private readonly context: AssetUsersContext,
    private readonly isGone: (job: Job) => Promise<boolean> = () => Promise.resolve(false),
  ) {}

  async have(kind: AssetKind, asset: PinnedAsset): Promise<boolean> {
    this.users ??= this.read();
    return (await this.users).some((user) => uses(user, kind, asset));
  }

  private async read(): Promise<AssetUser[]> {
    const users = new Map<string, AssetUser>();
    for await (const { jobs } of jobPages(this.context, undefined)) {
      for (const job of jobs) {
        if (await this.isGone(job)) continue;
        const { spec } = job;
        const { model, code, environment } = spec;
        users.set(JSON.stringify([model, code, environment]), spec);
      }
    }
    return [...users.values()];
  }
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}
