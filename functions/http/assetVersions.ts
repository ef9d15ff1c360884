import { isDeepStrictEqual } from 'node:util';
import type { HttpResponseInit } from '@azure/functions';
import { failure } from '../../shared/errors/batchpointError';
import type { AssetContent } from '../../shared/registry/assetContent';
import type { AssetLabels } from '../../shared/registry/assetLabels';
import { checkName } from '../../shared/registry/nameRules';
import { assetKinds } from '../../shared/registry/references';
import type { AssetVersion, StoredVersion } from '../../shared/registry/versionedAssets';
import { restBodies, restPatch } from '../../shared/schemas/restBodies';
import { conditionOf, listAnswer, resourceAnswer } from './answers';
import { isMapping, mergePatch, readAndWritten } from './mergePatch';
import { assetWords, labelsIn, type AssetRoutes } from './assetRoutes';
import { refuseUsedAsset } from './assetUse';
import { viewOf, viewParameters } from './listView';
import { conditionHeaders, type Operation } from './operation';
import { route, type Call } from './route';

/** Registers the functions that make, show, list, change and delete versions of one kind of asset. */
export function versionRoutes<Value extends AssetLabels>(assets: AssetRoutes<Value>): void {
  const { kind, label } = assets;
  const { one } = assetWords[kind];
  const path = `${kind}/{name}/versions/{version}`;
  const audience = 'management';
  const reading = { audience, role: 'Endpoints.Read', methods: ['GET'] } satisfies Partial<Operation>;
  const writing = {
    audience,
    role: 'Endpoints.Write',
    path,
    headers: conditionHeaders,
  } satisfies Partial<Operation>;

  const getVersion: Operation = {
    ...reading,
    path,
    summary: `Shows a version of ${one}.`,
    answers: { 200: `${label}Version` },
  };
  route(`get${label}Version`, getVersion, async (call) => answer(call, await present(call)));

  const putVersion: Operation = {
    ...writing,
    methods: ['PUT'],
    summary: `Registers a version of ${one}, whose content never changes.`,
    body: assets.body,
    refusals: [...assets.refusals, 'VersionExists'],
    answers: { 200: `${label}Version`, 201: `${label}Version` },
  };
  route(`put${label}Version`, putVersion, async (call) => {
    const body = await call.json();
    const versions = versionsOf(call);
    const before = await versions.find(call.parameter('name'), call.parameter('version'));
    const condition = conditionOf(call.request);
    if (before === undefined) versions.check(call.parameter('name'), undefined, condition);
    else if (isOfSameContent(call, before, body)) return answer(call, await relabel(call, body));
    const [name, version] = [call.parameter('name'), call.parameter('version')];
    const { created } = await assets.register(call.services.registry, name, version, body);
    return answer(call, created ? await present(call) : await relabel(call, body), created);
  });

  const patchVersion: Operation = {
    ...writing,
    methods: ['PATCH'],
    summary: `Changes what is said of a version of ${one}, or archives it; its content stays.`,
    body: assets.body,
    refusals: ['VersionFixed'],
    answers: { 200: `${label}Version` },
  };
  route(`patch${label}Version`, patchVersion, async (call) => {
    const patch = withTagsInside(restPatch(assets.body, await call.json()));
    const read = async (): Promise<StoredVersion<Value>> => {
      const found = await present(call);
      versionsOf(call).check(found.asset.name, found.etag, conditionOf(call.request));
      return found;
    };
    const changed = await readAndWritten(read, ({ asset }, condition) => {
      const shown = assets.show(asset, call);
      const merged = restBodies[assets.body](mergePatch(shown, patch));
      refuseOtherContent(asset, shown.properties, merged.properties);
      const { description = null, stage = null, ...labels } = labelsIn(merged);
      return versionsOf(call).label(asset, { ...labels, description, stage }, condition);
    });
    return answer(call, changed);
  });

  const deleteVersion: Operation = {
    ...writing,
    methods: ['DELETE'],
    summary: `Deletes a version of ${one} that nothing uses.`,
    answers: { 200: 'Nothing', 204: 'Nothing' },
    refusals: ['AssetInUse'],
  };
  route(`delete${label}Version`, deleteVersion, async (call) => {
    const asset = await versionsOf(call).find(call.parameter('name'), call.parameter('version'));
    if (asset === undefined) return { status: 204 };
    await deleteVersions(call, assets, [asset]);
    return { status: 200 };
  });

  const listVersions: Operation = {
    ...reading,
    path: `${kind}/{name}/versions`,
    summary: `Lists the versions of ${one}, the newest first.`,
    query: [
      ...viewParameters,
      {
        name: 'hash',
        description: 'Only versions that were registered with this digest among their properties.',
        schema: { type: 'string' },
      },
    ],
    answers: { 200: `${label}VersionList` },
    refusals: ['NameInvalid'],
  };
  route(`list${label}Versions`, listVersions, async (call) => {
    const hash = call.request.query.get('hash')?.toLowerCase();
    const asked = call.parameter('name');
    const { containers } = versionsOf(call);
    const shows = viewOf(call.request);
    // Who looks for a content does not know yet whether there is such an asset, only that there may be.
    if (hash === undefined) await containers.get(asked);
    else checkName('asset', asked, assetKinds[kind]);
    const found = await versionsOf(call).listVersions(asked, shows);
    const wanted = found.filter(
      ({ value }) => hash === undefined || value.properties['hash_sha256']?.toLowerCase() === hash,
    );
    return listAnswer(
      call.request,
      wanted.map((asset) => assets.show(asset, call)),
    );
  });

  function versionsOf(call: Call): ReturnType<typeof assets.versions> {
    return assets.versions(call.services.registry);
  }

  function present(call: Call): Promise<StoredVersion<Value>> {
    return versionsOf(call).stored({ name: call.parameter('name'), version: call.parameter('version') });
  }

  function answer(call: Call, { asset, etag }: StoredVersion<Value>, created = false): HttpResponseInit {
    return resourceAnswer(assets.show(asset, call), etag, created);
  }

  /** Whether a body names the content that is there by the URI by which answers name it. */
  function isOfSameContent(call: Call, asset: AssetVersion<Value>, body: unknown): boolean {
    const { uri } = assets;
    if (uri === undefined) return false;
    const said = (properties: object): unknown =>
      Object.entries(properties).find(([key]) => key === uri)?.[1];
    return said(restBodies[assets.body](body).properties) === said(assets.show(asset, call).properties);
  }

  /** A version that is put again takes what the body says of it, and keeps the rest. */
  async function relabel(call: Call, body: unknown): Promise<StoredVersion<Value>> {
    const labels = labelsIn(restBodies[assets.body](body));
    const { asset } = await present(call);
    const isSaid = Object.values(labels).some((value) => value !== undefined);
    const condition = conditionOf(call.request);
    return isSaid || Object.keys(condition).length > 0
      ? versionsOf(call).label(asset, labels, condition)
      : present(call);
  }

  function refuseOtherContent(asset: AssetVersion<Value>, shown: object, wanted: object): void {
    const before = new Map(Object.entries(shown));
    for (const [field, value] of Object.entries(wanted)) {
      if (labelKeys.includes(field) || isDeepStrictEqual(value, before.get(field))) continue;
      throw failure('VersionFixed', {
        kind: assetKinds[kind],
        name: asset.name,
        version: asset.version,
        field,
      });
    }
  }
}

/** Deletes versions with their content, once it is sure that none of them is used. */
export async function deleteVersions<Value extends AssetLabels>(
  call: Call,
  assets: AssetRoutes<Value>,
  found: readonly AssetVersion<Value>[],
): Promise<void> {
  const { services, request } = call;
  for (const asset of found) await refuseUsedAsset(services, assets.kind, asset);
  for (const { name, version } of found) {
    const versions = assets.versions(services.registry);
    const removed = await versions.remove(name, version, found.length === 1 ? conditionOf(request) : {});
    const { content } = (removed?.value ?? {}) as { content?: AssetContent };
    if (content !== undefined) await services.registry.removeContent(content);
  }
}

const labelKeys = ['description', 'tags', 'properties', 'isArchived', 'isAnonymous', 'stage'];

/** Tags of an asset stand among its properties; a patch may have them where those of other resources stand. */
function withTagsInside(body: unknown): unknown {
  if (!isMapping(body) || !('tags' in body)) return body;
  const { tags, properties = {}, ...rest } = body;
  // What is no mapping stays as it is, for the check of the body to refuse.
  return { ...rest, properties: isMapping(properties) ? { tags, ...properties } : properties };
}
