import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { HostProof, newChallenge } from '../../shared/security/hostProof';
import { exchange } from '../client/httpRequest';

/** A host that answers. */
export interface FoundHost {
  readonly url: URL;
  /** Where it serves the same over TLS, if it does. */
  readonly httpsUrl: URL | undefined;
  readonly pid: number;
}

/** Milliseconds that a host has to say that it is well. */
const patience = 3_000;

/**
 * The host of a state folder, if one says there that it runs, and does. It has to prove that it has the key of the
 * folder: the port of a host that was killed can be another program's by now, or another user's, and the owner's
 * tokens must not go there.
 */
export async function findHost(stateFolder: string): Promise<FoundHost | undefined> {
  const said = readInfo(stateFolder);
  if (said === undefined) return undefined;
  const { pid } = said;
  const url = new URL(said.url);
  const httpsUrl = said.httpsUrl === undefined ? undefined : new URL(said.httpsUrl);
  return (await isHostOf(stateFolder, url)) ? { url, httpsUrl, pid } : undefined;
}

function readInfo(
  stateFolder: string,
): { readonly url: string; readonly httpsUrl: string | undefined; readonly pid: number } | undefined {
  try {
    const info = JSON.parse(readFileSync(join(stateFolder, 'host-info.json'), 'utf8')) as {
      url?: unknown;
      httpsUrl?: unknown;
      pid?: unknown;
    } | null;
    if (typeof info?.url !== 'string' || typeof info.pid !== 'number' || !URL.canParse(info.url))
      return undefined;
    const { url, httpsUrl, pid } = info;
    return {
      url,
      httpsUrl: typeof httpsUrl === 'string' && URL.canParse(httpsUrl) ? httpsUrl : undefined,
      pid,
    };
  } catch {
    // There is none, or one that is of no use: both mean that no host runs.
    return undefined;
  }
}

async function isHostOf(stateFolder: string, url: URL): Promise<boolean> {
  const challenge = newChallenge();
  let body: { readonly status?: unknown; readonly proof?: unknown } | null;
  try {
    const answer = await exchange(new URL(`/health?challenge=${challenge}`, url), {
      method: 'GET',
      timeout: patience,
    });
    body = JSON.parse(answer.body.toString('utf8')) as typeof body;
  } catch {
    return false;
  }
  if (body?.status !== 'Healthy') return false;
  const { issuerKey } = await import('../../shared/security/issuerKey.js');
  const { hostSecret } = await issuerKey(stateFolder);
  return new HostProof(hostSecret).isAnswer(body.proof, challenge, url.host);
}
