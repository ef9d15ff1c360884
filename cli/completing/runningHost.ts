import { existsSync } from 'node:fs';
import { failure } from '../../shared/errors/batchpointError';
import { findHost } from '../host/findHost';
import type { HostConnection } from '../host/hostConnection';

/**
 * The host that runs already: the one that the environment names, or that of the state folder. Nothing is made where
 * there is none, not even a folder.
 */
export async function runningHost(
  environment: NodeJS.ProcessEnv,
  stateFolder: string,
): Promise<HostConnection | undefined> {
  if (!existsSync(stateFolder)) return undefined;
  const named = environment['BATCHPOINT_HOST'];
  const url = named ? (URL.parse(named) ?? undefined) : (await findHost(stateFolder))?.url;
  if (url === undefined) return undefined;
  return {
    url: () => Promise.resolve(url),
    lost: () => undefined,
    unreachable: (reason, cause) =>
      failure('HostUnreachable', { url: url.href, reason, advice: '' }, { cause }),
  };
}
