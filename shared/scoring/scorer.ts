import { createHash } from 'node:crypto';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { JobSpec } from '../jobs/jobSpec';
import type { PipRequirements } from '../registry/condaFile';
import type { Model } from '../registry/models';
import type { Registry } from '../registry/registry';
import type { AssetVersion } from '../registry/versionedAssets';
import type { WorkerSetup } from './workerMessages';

/** All that a scoring process is made from. Processes of one key are the same but for their folders. */
export interface Scorer {
  readonly key: string;
  readonly requirements: PipRequirements | undefined;
  readonly setup: Omit<WorkerSetup, 'host' | 'output'>;
  /** Variables of the deployment and of the contract, without those of the machine. */
  readonly variables: Readonly<Record<string, string>>;
}

/** The name of this machine in the logs of jobs. */
export const nodeName = hostname().replace(/[^a-zA-Z0-9._-]/g, '-') || 'node';

/** Makes the scorer of a job: fetches its model and code, and finds what is to be installed. */
export async function scorerOf(registry: Registry, spec: JobSpec): Promise<Scorer> {
  const model = await registry.models.versions.get(spec.model);
  const modelFolder = await registry.folders.folder({
    kind: 'model',
    name: model.name,
    content: model.value.content,
  });
  const requirements = await requirementsOf(registry, spec, model);
  const code = await codeOf(registry, spec);
  const setup: Scorer['setup'] = {
    kind: code === undefined ? 'mlflow' : 'script',
    folder: code?.folder ?? '',
    script: code?.script ?? '',
    model: join(modelFolder, model.value.content.root),
    level: spec.settings.loggingLevel.toUpperCase() as WorkerSetup['level'],
    summary_only: spec.settings.outputAction === 'SummaryOnly',
  };
  const variables = { ...spec.settings.environmentVariables, AZUREML_MODEL_DIR: modelFolder };
  const parts = [setup, variables, requirements?.lines ?? []];
  const key = createHash('sha256').update(JSON.stringify(parts)).digest('hex');
  return { key, requirements, setup, variables };
}

async function codeOf(
  registry: Registry,
  spec: JobSpec,
): Promise<{ folder: string; script: string } | undefined> {
  if (spec.code === undefined) return undefined;
  const { name, value } = await registry.codes.versions.get(spec.code);
  const folder = await registry.folders.folder({ kind: 'code', name, content: value.content });
  return { folder: join(folder, value.content.root), script: spec.code.scoringScript };
}

/** What a deployment needs: its environment, or else what its MLflow model brings itself. */
async function requirementsOf(
  registry: Registry,
  spec: JobSpec,
  model: AssetVersion<Model>,
): Promise<PipRequirements | undefined> {
  if (spec.environment === undefined) return model.value.mlflow?.requirements;
  return (await registry.environments.versions.get(spec.environment)).value.requirements;
}
