import type {
  AnsweredContainer,
  AnsweredData,
  AnsweredEnvironment,
  AnsweredModel,
} from '../client/resources';
import type { AssetKind } from '../../shared/registry/references';
import type { Column } from '../output/table';
import { shownData, shownEnvironment, shownModel } from '../shown/assets';
import { assetColumns, dataColumns, environmentColumns, versionColumns } from '../shown/columns';
import { archivedOnly, changeOptions, includeArchived, mostItems, versionLabel } from './groupOptions';
import { command as define, type Command } from './command';
import { neededText, text, toggle, type Option, type Options } from './options';
import { shownVersion, yes } from './sharedOptions';

/** A kind of asset, as its commands speak of it. */
interface AssetGroup<T extends AnsweredContainer | AnsweredModel | AnsweredData | AnsweredEnvironment> {
  /** The word that its commands begin with. */
  readonly group: 'model' | 'data' | 'environment';
  readonly kind: AssetKind;
  /** With its article. */
  readonly one: string;
  readonly many: string;
  /** A name for examples. */
  readonly example: string;
  readonly columns: readonly Column[];
  readonly show: (name: string, asset: T) => Record<string, unknown>;
}

export const models: AssetGroup<AnsweredModel> = {
  group: 'model',
  kind: 'models',
  one: 'a model',
  many: 'models',
  example: 'mnist',
  columns: versionColumns,
  show: shownModel,
};

export const data: AssetGroup<AnsweredData> = {
  group: 'data',
  kind: 'data',
  one: 'a data asset',
  many: 'data assets',
  example: 'digits',
  columns: dataColumns,
  show: shownData,
};

export const environments: AssetGroup<AnsweredEnvironment> = {
  group: 'environment',
  kind: 'environments',
  one: 'an environment',
  many: 'environments',
  example: 'mnist-env',
  columns: environmentColumns,
  show: shownEnvironment,
};

type AnyGroup = typeof models | typeof data | typeof environments;

/** The command that shows a version. */
export function showCommand<T extends AnsweredModel | AnsweredData | AnsweredEnvironment>(
  asset: AssetGroup<T>,
): Command<VersionOptions> {
  const { group, kind, one, example, columns, show } = asset;
  return define({
    path: `${group} show`,
    summary: `Show a version of ${one}.`,
    options: versionOptions(asset),
    examples: [
      ['Show the newest version', `${group} show --name ${example}`],
      ['Show a certain version', `${group} show --name ${example} --version 1`],
    ],
    columns,
    run: async (values, { workspace }) => {
      const { showAsset } = await import('../registering/readAssets.js');
      return showAsset<T>(workspace, { kind, ...values }, show);
    },
  });
}

/** The command that lists assets, or the versions of one. */
export function listCommand<T extends AnsweredModel | AnsweredData | AnsweredEnvironment>(
  asset: AssetGroup<T>,
): Command<ReturnType<typeof listOptionsOf>> {
  const { group, kind, many, example, show } = asset;
  return define({
    path: `${group} list`,
    summary: `List all ${many}, or the versions of one.`,
    options: listOptionsOf(asset),
    examples: [
      ['List all of them as a table', `${group} list -o table`],
      [
        'List the versions of one, the newest first',
        `${group} list --name ${example} --query "[].version" -o tsv`,
      ],
      ['List what is archived', `${group} list --archived-only -o table`],
    ],
    columns: assetColumns,
    run: async (values, { workspace }) => {
      const { listAssets } = await import('../registering/readAssets.js');
      return listAssets<T>(workspace, { kind, ...values }, show);
    },
  });
}

/** The command that changes what is said of a version. */
export function updateCommand<T extends AnsweredModel | AnsweredData | AnsweredEnvironment>(
  asset: AssetGroup<T>,
): Command<VersionOptions & typeof changeOptions> {
  const { group, kind, one, example, columns, show } = asset;
  const labels = `description, tags, properties${kind === 'models' ? ' and stage' : ''}`;
  return define({
    path: `${group} update`,
    summary: `Change what is said of a version of ${one}: ${labels}.`,
    details: ['The content of a version never changes. Another content is another version.'],
    options: { ...versionOptions(asset), ...changeOptions },
    examples: [
      ['Set a label', `${group} update --name ${example} --version 1 --set tags.team=vision`],
      ['Change the description', `${group} update --name ${example} --version 1 --set description="In use"`],
      ['Take a label away', `${group} update --name ${example} --version 1 --remove tags.team`],
    ],
    columns,
    run: async ({ name, version, label, ...changes }, context) => {
      const { updateAsset } = await import('../changing/updateAsset.js');
      return updateAsset<T>(context, { kind, name, version, label }, changes, show);
    },
  });
}

/** The command that archives an asset or a version of it, or the one that takes that back. */
export function archiveCommand(asset: AnyGroup, verb: 'archive' | 'restore'): Command<VersionOptions> {
  const { group, kind, one, example } = asset;
  const isArchived = verb === 'archive';
  return define({
    path: `${group} ${verb}`,
    summary: isArchived
      ? `Leave ${one}, or a version of it, out of lists. It can be used all the same.`
      : `Show ${one}, or a version of it, in lists again.`,
    details: ['Without a version, the asset is meant over all its versions.'],
    options: versionOptions(asset, 'The version; the asset as a whole where it is left out.'),
    examples: [
      [`${isArchived ? 'Archive' : 'Restore'} a version`, `${group} ${verb} --name ${example} --version 1`],
      [`${isArchived ? 'Archive' : 'Restore'} all of it`, `${group} ${verb} --name ${example}`],
    ],
    run: async (values, context) => {
      const { archiveAsset } = await import('../changing/updateAsset.js');
      await archiveAsset(context, { kind, ...values }, isArchived);
    },
  });
}

/** The command that deletes an asset or a version of it. */
export function deleteCommand(asset: AnyGroup): Command<VersionOptions & { readonly yes: Option<boolean> }> {
  const { group, kind, one, example } = asset;
  return define({
    path: `${group} delete`,
    summary: `Delete ${one}, or a version of it, that nothing uses.`,
    details: [
      'Without a version, all versions are deleted. One that a deployment or a running job uses is refused: archive leaves it out of lists.',
    ],
    options: {
      ...versionOptions(asset, 'The version; all of them where it is left out.'),
      yes: toggle(yes, 'Do not ask.'),
    },
    examples: [
      ['Delete a version without being asked', `${group} delete --name ${example} --version 1 --yes`],
      ['Delete all of it', `${group} delete --name ${example} --yes`],
    ],
    run: async ({ yes: isSure, ...values }, context) => {
      const [{ deleteResource }, { versionOrAllPath }] = await Promise.all([
        import('../registering/deleteResource.js'),
        import('../registering/wantedVersion.js'),
      ]);
      const path = await versionOrAllPath(context.workspace, { kind, ...values });
      const version = path.split('/versions/')[1];
      const whole = `${one.replace(/^an? /, '')} '${values.name}'`;
      const what =
        version === undefined ? `${whole} with all its versions` : `version ${version} of ${whole}`;
      await deleteResource(context, { path, what, isSure });
    },
  });
}

interface VersionOptions extends Options {
  readonly name: Option<string>;
  readonly version: Option<string | undefined>;
  readonly label: Option<'latest' | undefined>;
}

function versionOptions({ one }: AnyGroup | Pick<AnyGroup, 'one'>, which?: string): VersionOptions {
  return {
    name: neededText('-n, --name <name>', `The name of ${one.replace(/^an? /, 'the ')}.`),
    version: which === undefined ? shownVersion : text('-v, --version <version>', which),
    label: versionLabel,
  };
}

function listOptionsOf({ one }: Pick<AnyGroup, 'one'>): {
  readonly name: Option<string | undefined>;
  readonly maxResults: typeof mostItems;
  readonly includeArchived: typeof includeArchived;
  readonly archivedOnly: typeof archivedOnly;
} {
  const name = text('-n, --name <name>', `${one.replace(/^an? /, 'The ')} of which the versions are listed.`);
  return { name, maxResults: mostItems, includeArchived, archivedOnly };
}
