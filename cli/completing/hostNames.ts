import { Workspace } from '../client/workspace';
import { HostClient } from '../client/hostClient';
import { TokenSource } from '../client/tokenSource';
import { endpointPath } from '../registering/endpoints';
import { runningHost } from './runningHost';
import type { Given } from './completions';
import type { ValueKind } from './valueKind';

/** Names that are asked for. A person who has more types some letters first. */
const mostNames = 100;

const workspacePlace = { subscription: 'local', group: 'batchpoint', workspace: 'batchpoint' };

/**
 * Names of things that a running host knows, the newest jobs and versions first; none where no host runs. It never
 * starts one.
 */
export async function hostNames(
  kind: ValueKind,
  { given, group }: { readonly given: Given; readonly group: string },
  place: { readonly environment: NodeJS.ProcessEnv; readonly stateFolder: string },
): Promise<string[]> {
  const path = pathOf(kind, group, given);
  const host = path === undefined ? undefined : await runningHost(place.environment, place.stateFolder);
  if (host === undefined || path === undefined) return [];
  const client = new HostClient(host, new TokenSource(() => place.stateFolder), { debug: () => undefined });
  const workspace = new Workspace(client, workspacePlace);
  const found = await workspace.all<{ readonly name: string }>(path, {
    most: mostNames,
    // Whoever enables one looks for those that are disabled.
    ...(kind === 'schedule' ? { query: { listViewType: 'All' } } : {}),
  });
  return found.map(({ name }) => name);
}

const lists: Readonly<Partial<Record<ValueKind, string>>> = {
  endpoint: 'batchEndpoints',
  job: 'jobs',
  model: 'models',
  data: 'data',
  environment: 'environments',
  compute: 'computes',
  datastore: 'datastores',
  schedule: 'schedules',
  trigger: 'triggers',
  notification: 'notifications',
};

function pathOf(kind: ValueKind, group: string, given: Given): string | undefined {
  if (kind === 'deployment') {
    const endpoint = given['endpoint-name'] ?? (group === 'batch-deployment' ? undefined : given['name']);
    return endpoint === undefined ? undefined : `${endpointPath(endpoint)}/deployments`;
  }
  if (kind !== 'version') return lists[kind];
  const assets = { model: 'models', data: 'data', environment: 'environments' }[group];
  const { name } = given;
  if (assets === undefined || name === undefined) return undefined;
  return `${assets}/${encodeURIComponent(name)}/versions`;
}
