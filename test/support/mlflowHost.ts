import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { ProductHost, type ShownJob } from '../../bench/product/productHost';
import { mlflowModels } from './mlflowModels';
import { packagesPython } from './pythonPackages';

/** A file that failed, as failed_files.csv names it: its code and message. */
export type FailedFiles = Readonly<Record<string, string>>;

/** The outcome of a job with a model without a script. */
export interface Scored {
  readonly job: ShownJob;
  readonly rows: string;
  readonly failed: FailedFiles;
}

/** A host with endpoints of MLflow models, one for each model that is scored with. */
export class MlflowHost {
  private readonly endpoints = new Set<string>();
  private inputs = 0;

  private constructor(
    readonly host: ProductHost,
    readonly python: string,
    readonly models: string,
  ) {}

  static async start(): Promise<MlflowHost> {
    const [python, models] = [await packagesPython(), await mlflowModels()];
    const host = new ProductHost({ BATCHPOINT_PYTHON: python });
    await host.start();
    await host.ask('PUT', '/computes/cpu', { properties: {} });
    // An environment without packages stands for the one that the tests have made already.
    await host.ask('PUT', '/environments/made/versions/1', { properties: { image: 'none' } });
    return new MlflowHost(host, python, models);
  }

  async close(): Promise<void> {
    await this.host.close();
  }

  /** Scores these files with a model: one of mlflowModels.py, or another folder. The rest is for the deployment. */
  async score(
    model: string,
    files: Readonly<Record<string, string | Buffer>>,
    settings: object = {},
  ): Promise<Scored> {
    const folder = `input-${++this.inputs}`;
    for (const [name, content] of Object.entries(files)) this.write(`${folder}/${name}`, content);
    return this.scoreFolder(model, join(this.host.folder, folder), settings);
  }

  async scoreFolder(model: string, folder: string, settings: object = {}): Promise<Scored> {
    const endpoint = await this.endpoint(model, settings);
    const { name } = await this.host.invoke(endpoint, folder);
    const job = await this.host.finished(name);
    const failed = job.properties.progress['filesFailed'] ?? 0;
    return {
      job,
      rows: rowsOf(job),
      failed: failed === 0 ? {} : failuresIn(await this.host.file(name, 'failed_files.csv')),
    };
  }

  /** What a piece of Python prints. */
  run(code: string, ...values: readonly string[]): string {
    return execFileSync(this.python, ['-W', 'ignore', '-c', code, ...values], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  }

  /** Writes a file below the folder of the host. */
  write(path: string, content: string | Buffer): string {
    return this.host.write(path, content);
  }

  /** A copy of a model, to be changed. */
  copyOf(model: string): string {
    const folder = join(this.host.folder, `copy-of-${model}`);
    cpSync(join(this.models, model), folder, { recursive: true });
    return folder;
  }

  private async endpoint(model: string, settings: object): Promise<string> {
    const label = model.replace(/.*\//, '');
    const name = `e${label.replace(/[^a-z]/gi, '')}${Object.keys(settings).length === 0 ? '' : this.inputs}`;
    if (this.endpoints.has(name)) return name;
    this.endpoints.add(name);
    const modelUri = pathToFileURL(model.startsWith('/') ? model : join(this.models, model)).href;
    await this.host.ask('PUT', `/models/${name}/versions/1`, {
      properties: { modelUri, modelType: 'mlflow_model' },
    });
    await this.host.ask('PUT', `/batchEndpoints/${name}`, { properties: {} });
    await this.host.ask('PUT', `/batchEndpoints/${name}/deployments/main`, {
      properties: {
        model: { referenceType: 'Id', assetId: `azureml:${name}:1` },
        environmentId: 'azureml:made:1',
        compute: 'azureml:cpu',
        miniBatchSize: 100,
        ...settings,
      },
    });
    await this.host.ask('PATCH', `/batchEndpoints/${name}`, {
      properties: { defaults: { deploymentName: 'main' } },
    });
    return name;
  }
}

/** The messages of failed_files.csv by file; messages of the product have no line ends. */
function failuresIn(text: string): FailedFiles {
  const found: Record<string, string> = {};
  for (const line of text.trim().split('\n').slice(1)) {
    const [, file = '', code = '', message = ''] = /^([^,]*),\d+,([^,]*),[^,]*,\d+,(.*)$/.exec(line) ?? [];
    found[file] = `${code} ${message.replace(/^"(.*)"$/, '$1').replaceAll('""', '"')}`;
  }
  return found;
}

/** The rows of a job as they lie in its output; where it has none, what became of it. */
function rowsOf({ properties: { status, error, outputUri = '', progress } }: ShownJob): string {
  if (status !== 'Completed') return `${status}: ${error?.code} ${error?.message}`;
  return progress['rows'] === 0 ? '' : readFileSync(fileURLToPath(outputUri), 'utf8');
}
