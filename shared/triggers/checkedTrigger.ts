import { failure } from '../errors/batchpointError';
import { checkedRelativePath } from '../inputs/inputUri';
import { FileFilter } from '../inputs/fileFilter';
import { findDeployment } from '../invocation/invoke';
import { outputOf } from '../invocation/outputOf';
import { settingsOf } from '../invocation/settingsOf';
import { checkedNotifications } from '../notifications/checkedNotifications';
import { labelsOf } from '../registry/assetLabels';
import { defaultDatastore } from '../registry/datastores';
import { checkName } from '../registry/nameRules';
import { parseNameReference } from '../registry/references';
import type { Registry } from '../registry/registry';
import type { TriggerResource } from '../schemas/rest/generated';
import { limitsOf } from '../scoring/scorerLimits';
import { checkOutputTemplate, filledOutput } from './outputTemplate';
import type { Batching, Trigger, WatchedFiles, WatchedOutputs } from './trigger';

type Body = TriggerResource['properties'];

/** What the check of a trigger works with. */
export interface TriggerContext {
  readonly registry: Registry;
  /** Whether folders of this machine may be outputs. */
  readonly localFiles: boolean;
  readonly now: () => Date;
}

/** A trigger that somebody wants to have, under a name. */
export interface GivenTrigger {
  readonly name: string;
  readonly resource: TriggerResource;
  /** Who makes it, for people. */
  readonly caller: string;
  /** The one that it takes the place of. */
  readonly present?: Trigger | undefined;
}

/**
 * The trigger that a body describes, with everything checked that can be checked before a file lands: what it names is
 * there, patterns can be read, no two jobs write one file. Fails with `TriggerInvalid`, `TriggerOutputInvalid`, and as an
 * invocation does.
 */
export async function checkedTrigger(
  context: TriggerContext,
  { name, resource, caller, present }: GivenTrigger,
): Promise<Trigger> {
  checkName('trigger', name);
  const { properties: body } = resource;
  const { registry } = context;
  const watch = await watched(registry, body.watch);
  const endpoint = parseNameReference('batchEndpoints', body.endpoint);
  const deployment = body.deployment ?? undefined;
  const found = await findDeployment(registry, endpoint, deployment);
  const overrides = withoutNulls(body.overrides);
  limitsOf(settingsOf(found.deployment.value, overrides));
  const output = body.output ?? undefined;
  if (output !== undefined) await checkOutput(context, output, watch.type);
  const now = context.now().toISOString();
  const paused = body.paused;
  const { description, tags } = labelsOf({ description: body.description, tags: resource.tags });
  return {
    createdAt: present?.createdAt ?? now,
    ...(description === undefined ? {} : { description }),
    tags,
    watch,
    batching: batchingOf(body.batching, watch.type),
    endpoint: found.endpoint,
    ...(deployment === undefined ? {} : { deployment: found.deployment.name }),
    overrides,
    ...(output === undefined ? {} : { output }),
    notifications: checkedNotifications(body.notifications, {
      localFiles: context.localFiles,
      present: present?.notifications,
    }),
    paused,
    switchedAt: present?.paused === paused ? present.switchedAt : now,
    createdBy: present?.createdBy ?? caller,
  };
}

/** What a body says is watched, found. */
async function watched(registry: Registry, watch: Body['watch']): Promise<WatchedFiles | WatchedOutputs> {
  const { datastore, path, include, exclude, settleSeconds, endpoint, deployment } = watch;
  if (endpoint !== undefined) {
    const others = { datastore, path, include, exclude, settleSeconds };
    const [other] = Object.entries(others).flatMap(([key, value]) => (value === undefined ? [] : [key]));
    if (other !== undefined)
      throw invalid(`watch.${other}`, 'outputs of another endpoint are watched, which have no such thing');
    const upstream = await registry.endpoints.get(parseNameReference('batchEndpoints', endpoint));
    if (deployment === undefined) return { type: 'outputs', endpoint: upstream.name };
    const found = await registry.deployments(upstream.name).get(deployment);
    return { type: 'outputs', endpoint: upstream.name, deployment: found.name };
  }
  if (deployment !== undefined)
    throw invalid('watch.deployment', 'it belongs to an endpoint that is watched, and none is named there');
  FileFilter.of({ ...(include && { include }), ...(exclude && { exclude }) });
  const named = datastore === undefined ? defaultDatastore : parseNameReference('datastores', datastore);
  const store = await registry.datastores.get(named);
  return {
    type: 'files',
    datastore: store.name,
    path: checkedRelativePath(path ?? ''),
    ...(include === undefined ? {} : { include }),
    ...(exclude === undefined ? {} : { exclude }),
    settleSeconds: settleSeconds ?? 0.25,
  };
}

/** The most files of a window, where nothing less is said. */
const mostFiles = 100_000;

/** The name that a marker has by custom. */
const customaryMarker = '_SUCCESS';

function batchingOf(
  { type, seconds, files, name }: Body['batching'],
  watches: 'files' | 'outputs',
): Batching {
  if (watches === 'outputs' && type !== 'Each')
    throw invalid('batching.type', 'each output of another endpoint is the input of a job of its own');
  const refuse = (given: Readonly<Record<string, unknown>>): void => {
    const [key] = Object.entries(given).flatMap(([one, value]) => (value === undefined ? [] : [one]));
    if (key !== undefined) throw invalid(`batching.${key}`, `with type ${type} it says nothing`);
  };
  switch (type) {
    case 'Each':
      refuse({ seconds, files, name });
      return { type: 'each' };
    case 'Window':
      refuse({ name });
      if (seconds === undefined)
        throw invalid('batching.seconds', 'a window needs it: for how many seconds it is open');
      return { type: 'window', seconds, files: files ?? mostFiles };
    case 'Marker':
      refuse({ seconds, files });
      return { type: 'marker', name: name ?? customaryMarker };
  }
}

/** Checks a template as it would be with some name: that it is a path, of a datastore that is there. */
async function checkOutput(
  { registry, localFiles }: TriggerContext,
  template: string,
  watches: 'files' | 'outputs',
): Promise<void> {
  checkOutputTemplate(template, watches);
  const sample = { name: 'file', path: 'folder', date: '2026-01-01', trigger: 'trigger', job: 'job' };
  const uri = filledOutput(template, sample);
  const output = outputOf({ outputData: { score: { uri } } }, { job: 'job', fileName: 'file', localFiles });
  if (output.kind === 'datastore') await registry.datastores.get(output.datastore);
}

/** Overrides without what only says that nothing is to be otherwise. */
function withoutNulls(overrides: Body['overrides']): Trigger['overrides'] {
  return Object.fromEntries(Object.entries(overrides).filter(([, value]) => value !== null));
}

function invalid(field: string, reason: string): Error {
  return failure('TriggerInvalid', { field, reason }, { place: { field: `properties.${field}` } });
}
