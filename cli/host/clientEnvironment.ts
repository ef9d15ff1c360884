import { join } from 'node:path';
import { failure } from '../../shared/errors/batchpointError';
import type { Context } from '../context';
import { findHost } from './findHost';

/** The name that a host has among the clouds. */
const cloudName = 'Batchpoint';

/**
 * The environment variables with which clients of Azure Machine Learning take a host for their cloud: the one that
 * BATCHPOINT_HOST names, or that of the state folder. Fails with `HostWithoutHttps`, `HostUnreachable`.
 */
export async function clientEnvironment(context: Context): Promise<Record<string, string>> {
  const { environment, stateFolder } = context;
  const named = environment['BATCHPOINT_HOST'];
  if (named) return variablesOf(httpsOrigin(named));
  const host = await findHost(stateFolder);
  if (host === undefined) {
    const advice = "Start it with 'batchpoint up --https-port 7443' in another terminal.";
    throw failure('HostUnreachable', { url: `state folder ${stateFolder}`, reason: 'none runs', advice });
  }
  if (host.httpsUrl === undefined) throw failure('HostWithoutHttps', { url: host.url.origin });
  return {
    ...variablesOf(host.httpsUrl.origin),
    // Python looks there for all its certificates: the host's own is in it, and everybody else's.
    REQUESTS_CA_BUNDLE: join(stateFolder, 'tls', 'trusted.pem'),
  };
}

function httpsOrigin(named: string): string {
  const { protocol, origin } = new URL(named);
  if (protocol !== 'https:') throw failure('HostWithoutHttps', { url: origin });
  return origin;
}

function variablesOf(origin: string): Record<string, string> {
  return {
    AZUREML_CURRENT_CLOUD: cloudName,
    ARM_CLOUD_METADATA_URL: `${origin}/metadata/endpoints`,
    AZUREML_DEV_URL_MFE: origin,
  };
}
