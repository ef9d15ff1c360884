import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { exchange } from '../client/httpRequest';

/** A host that answers. */
export interface FoundHost {
  readonly url: URL;
  readonly pid: number;
}

/** Milliseconds that a host has to say that it is well. */
const patience = 3_000;

/** The host of a state folder, if one says there that it runs, and does. */
export async function findHost(stateFolder: string): Promise<FoundHost | undefined> {
  const said = readInfo(stateFolder);
  if (said === undefined) return undefined;
  const { pid } = said;
  const url = new URL(said.url);
  return (await isHealthy(url)) ? { url, pid } : undefined;
}

function readInfo(stateFolder: string): { readonly url: string; readonly pid: number } | undefined {
  try {
    const info = JSON.parse(readFileSync(join(stateFolder, 'host-info.json'), 'utf8')) as {
      url?: unknown;
      pid?: unknown;
    } | null;
    if (typeof info?.url !== 'string' || typeof info.pid !== 'number' || !URL.canParse(info.url))
      return undefined;
    return { url: info.url, pid: info.pid };
  } catch {
    // There is none, or one that is of no use: both mean that no host runs.
    return undefined;
  }
}

/** Whether it is a host of ours that answers there: a port can be another program's by now. */
async function isHealthy(url: URL): Promise<boolean> {
  try {
    const answer = await exchange(new URL('/health', url), { method: 'GET', timeout: patience });
    const body = JSON.parse(answer.body.toString('utf8')) as { status?: unknown } | null;
    return answer.status === 200 && body?.status === 'Healthy';
  } catch {
    return false;
  }
}
