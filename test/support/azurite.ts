import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** The account that every Azurite has. Its key is public. */
export const azuriteAccount = 'devstoreaccount1';
export const azuriteKey =
  'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==';

/** A running Azurite, empty at its start. URLs are those of the account. */
export interface Azurite {
  readonly blobUrl: string;
  readonly tableUrl: string;
  readonly queueUrl: string;
  readonly connectionString: string;
  stop(): Promise<void>;
}

/** A certificate and its key, as PEM files, for TLS and tokens. */
export interface AzuriteTls {
  readonly cert: string;
  readonly key: string;
}

/** Starts Azurite on free ports, in memory. It ends with `stop`, and with this process however that ends. */
export async function startAzurite(tls?: AzuriteTls): Promise<Azurite> {
  const folder = await mkdtemp(join(tmpdir(), 'azurite-'));
  const child = spawn(
    process.execPath,
    ['-e', starter, require.resolve('azurite/dist/src/azurite.js'), ...optionsOf(tls)],
    {
      cwd: folder,
      stdio: ['pipe', 'pipe', 'pipe'],
    },
  );
  const stop = async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const urls = await readUrls(child);
    const blobUrl = `${urls.blob}/${azuriteAccount}`;
    const tableUrl = `${urls.table}/${azuriteAccount}`;
    const queueUrl = `${urls.queue}/${azuriteAccount}`;
    return { blobUrl, tableUrl, queueUrl, connectionString: connectionStringOf(blobUrl, tableUrl), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The connection string of an Azurite that is reached under these URLs, as through a proxy. */
export function connectionStringOf(blobUrl: string, tableUrl: string): string {
  const account = `DefaultEndpointsProtocol=http;AccountName=${azuriteAccount};AccountKey=${azuriteKey}`;
  return `${account};BlobEndpoint=${blobUrl};TableEndpoint=${tableUrl};`;
}

/** Its standard input is a pipe of ours: when that closes, we are gone, and so is Azurite. */
const starter = `
  process.stdin.on('close', () => process.exit()).resume();
  require(process.argv[1]);
`;

function optionsOf(tls: AzuriteTls | undefined): string[] {
  const ports = ['--blobPort', '0', '--queuePort', '0', '--tablePort', '0'];
  const common = ['--silent', '--skipApiVersionCheck', '--disableTelemetry', '--inMemoryPersistence'];
  return [
    ...ports,
    ...common,
    ...(tls === undefined ? [] : ['--oauth', 'basic', '--cert', tls.cert, '--key', tls.key]),
  ];
}

async function readUrls(
  child: ChildProcess,
): Promise<{ readonly blob: string; readonly table: string; readonly queue: string }> {
  const { stdout, stderr } = child;
  if (stdout === null || stderr === null) throw new Error('Azurite has no output to read.');
  let errors = '';
  stderr.on('data', (text: Buffer) => (errors += text.toString()));
  const urls = new Map<string, string>();
  for await (const line of createInterface({ input: stdout })) {
    const [, service, url] = /^Azurite (\w+) service is successfully listening at (\S+)$/.exec(line) ?? [];
    if (service !== undefined && url !== undefined) urls.set(service, url);
    const [blob, table, queue] = ['Blob', 'Table', 'Queue'].map((name) => urls.get(name));
    if (blob === undefined || table === undefined || queue === undefined) continue;
    stdout.resume();
    return { blob, table, queue };
  }
  throw new Error(`Azurite did not start: ${errors}`);
}
