import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { hostNodeOptions } from '../../cli/host/hostProcess';
import { issuerKey } from '../../shared/security/issuerKey';
import { LocalTokens, type Audience, type TokenOptions } from '../../shared/security/tokens';
import { until } from './until';

/** The folder of the app: this file is run from its source, or compiled below `dist`. */
export const root =
  [join(__dirname, '../..'), join(__dirname, '../../..')].find((folder) =>
    existsSync(join(folder, 'host.json')),
  ) ?? '.';
/** Where the API begins. */
export const workspace =
  '/subscriptions/s/resourceGroups/g/providers/Microsoft.MachineLearningServices/workspaces/w';

/** A job as the API shows it. */
export interface ShownJob {
  readonly name: string;
  readonly properties: {
    readonly status: string;
    readonly endTime?: string;
    readonly outputUri?: string;
    readonly outputBytes?: number;
    readonly warnings?: readonly string[];
    readonly progress: Readonly<Record<string, number>>;
    readonly times: Readonly<Record<string, string>>;
    readonly error?: { readonly code: string; readonly message: string };
    readonly failures?: readonly {
      readonly code: string;
      readonly miniBatch: number;
      readonly tries: number;
      readonly traceback?: string;
    }[];
    readonly interactionEndpoints: { readonly Studio: { readonly endpoint: string } };
  };
}

/** What came back for a request. */
interface Reply {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Headers;
}

/** The compiled product on its embedded host, as a process that can be killed and started again. */
export class ProductHost {
  private child: ChildProcess | undefined;
  readonly folder: string;
  log = '';
  /** The clock of the host, which tokens are given out by. */
  now = (): Date => new Date();

  /** `parameters` are further ones of the host's command line; its folder is made below `parent`. */
  constructor(
    private readonly environment: NodeJS.ProcessEnv = {},
    private readonly parameters: readonly string[] = [],
    parent = tmpdir(),
  ) {
    this.folder = mkdtempSync(join(parent, 'batchpoint-e2e-'));
  }

  get state(): string {
    return join(this.folder, 'state');
  }

  get pid(): number {
    return this.child?.pid ?? 0;
  }

  /** Whether the process that was started last runs no more, by its own doing or by somebody else's. */
  get hasEnded(): boolean {
    return this.child !== undefined && (this.child.exitCode !== null || this.child.signalCode !== null);
  }

  async start(): Promise<void> {
    const main = join(root, 'dist/local/main.js');
    const line = [...hostNodeOptions, main, '--app', root, '--state', this.state, ...this.parameters];
    const child = spawn(process.execPath, line, {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, ...this.environment },
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => (this.log += text));
    this.child = child;
    await until(
      () => {
        if (this.hasEnded) return true;
        return (
          (JSON.parse(readFileSync(join(this.state, 'host-info.json'), 'utf8')) as { pid: number }).pid ===
          child.pid
        );
      },
      (ready) => ready,
    );
    if (this.hasEnded) throw new Error(`The host ended: ${this.log}`);
  }

  /** Kills the process as a crash does. */
  async kill(): Promise<void> {
    const { child } = this;
    if (child === undefined) return;
    if (!this.hasEnded) {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    this.child = undefined;
  }

  /** Resolves when the process has ended by itself or by somebody else. */
  async ended(): Promise<void> {
    if (this.child !== undefined && !this.hasEnded) await once(this.child, 'exit');
  }

  async close(): Promise<void> {
    await this.kill();
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }

  get url(): string {
    return (JSON.parse(readFileSync(join(this.state, 'host-info.json'), 'utf8')) as { url: string }).url;
  }

  async token(audience: Audience = 'management', options: TokenOptions = {}): Promise<string> {
    const tokens = new LocalTokens(await issuerKey(this.state), () => this.now());
    return (await tokens.issue(audience, options)).accessToken;
  }

  /** Sends a request below the workspace, with a token. */
  async request(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Reply> {
    const audience = /^\/batchEndpoints\/[^/]+\/(deployments\/[^/]+\/)?jobs/.test(path)
      ? 'data'
      : 'management';
    const response = await fetch(`${this.url}${workspace}${path}`, {
      method,
      headers: {
        Authorization: `Bearer ${await this.token(audience)}`,
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') === true;
    return { status: response.status, body: isJson ? JSON.parse(text) : text, headers: response.headers };
  }

  /** Sends a request that has to succeed, and gives the body of its answer. */
  async ask(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<unknown> {
    const reply = await this.request(method, path, body, headers);
    if (reply.status >= 300)
      throw new Error(`${method} ${path}: ${reply.status} ${JSON.stringify(reply.body)}`);
    return reply.body;
  }

  write(path: string, content: string | Buffer): string {
    const full = join(this.folder, path);
    mkdirSync(dirname(full), { recursive: true });
    writeFileSync(full, content);
    return full;
  }

  /** Writes `count` files that hold their own number. */
  inputs(count: number, folder = 'input'): string {
    for (let i = 0; i < count; i++) this.write(`${folder}/f${String(i).padStart(6, '0')}.txt`, String(i));
    return join(this.folder, folder);
  }

  /** Makes an endpoint with one deployment of a script, of this name. */
  async endpoint(name: string, script: string, settings: object = {}, file = 'score.py'): Promise<void> {
    this.write(`code-${name}/${file}`, script);
    const model = this.write(`model-${name}/model.txt`, 'a model');
    const code = join(this.folder, `code-${name}`);
    await this.ask('PUT', '/computes/cpu', {
      properties: { properties: { scaleSettings: { maxNodeCount: 1000 } } },
    });
    await this.ask('PUT', `/models/${name}/versions/1`, {
      properties: { modelUri: pathToFileURL(model).href },
    });
    await this.ask('PUT', `/codes/${name}/versions/1`, { properties: { codeUri: pathToFileURL(code).href } });
    await this.ask('PUT', `/batchEndpoints/${name}`, { properties: {} });
    await this.ask('PUT', `/batchEndpoints/${name}/deployments/main`, {
      properties: {
        model: { referenceType: 'Id', assetId: `azureml:${name}:1` },
        codeConfiguration: { codeId: `azureml:${name}:1`, scoringScript: file },
        compute: 'azureml:cpu',
        ...settings,
      },
    });
    await this.ask('PATCH', `/batchEndpoints/${name}`, {
      properties: { defaults: { deploymentName: 'main' } },
    });
  }

  async invoke(endpoint: string, input: string, properties: object = {}): Promise<ShownJob> {
    const dataset = { dataInputType: 'DataUrl', path: pathToFileURL(input).href };
    return (await this.ask('POST', `/batchEndpoints/${endpoint}/jobs`, {
      properties: { dataset, ...properties },
    })) as ShownJob;
  }

  async job(name: string): Promise<ShownJob> {
    return (await this.ask('GET', `/jobs/${name}`)) as ShownJob;
  }

  /** Waits for the end of a job, over restarts of the host; asks again after `pause` milliseconds. */
  finished(name: string, pause?: number): Promise<ShownJob> {
    return until(
      () => this.job(name),
      ({ properties }) => ['Completed', 'Failed', 'Canceled'].includes(properties.status),
      pause,
    );
  }

  /** A file of a job as text. */
  async file(job: string, name: string): Promise<string> {
    return String(await this.ask('GET', `/jobs/${job}/files/${name}`));
  }
}
