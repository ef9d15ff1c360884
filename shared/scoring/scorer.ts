import { createHash } from 'node:crypto';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { JobSettings, JobSpec } from '../jobs/jobSpec';
import { rowOutputOf } from '../outputs/blocks/rowOutput';
import type { EnvironmentContent } from '../registry/environments';
import type { ModelFacts } from '../registry/models';
import type { Registry } from '../registry/registry';
import { runtimeOf, type Runtime } from '../registry/scriptLanguage';
import { limitsOf, type ScorerLimits } from './scorerLimits';
import type { WantedEnvironment } from './virtualEnvironments';
import type { WorkerSetup } from './workerMessages';

/** All that a scoring process is made from. Processes of one key are the same but for their folders. */
export interface Scorer {
  readonly key: string;
  readonly runtime: Runtime;
  /** What is to be installed for Python. */
  readonly requirements: WantedEnvironment | undefined;
  readonly setup: Omit<WorkerSetup, 'host' | 'output'>;
  /** Variables of the deployment and of the contract, without those of the machine. */
  readonly variables: Readonly<Record<string, string>>;
  readonly limits: ScorerLimits;
}

/** The name of this machine in the logs of jobs. */
export const nodeName = hostname().replace(/[^a-zA-Z0-9._-]/g, '-') || 'node';

/** What a scorer is made of, as it lies on this machine. */
export interface ScorerParts {
  /** The model: the folder that scripts find it in, its file or folder there, and what it was found to be. */
  readonly model: { readonly folder: string; readonly root: string; readonly facts: ModelFacts };
  /** The code folder and the script in it; a model without a script has none. */
  readonly code: { readonly folder: string; readonly script: string } | undefined;
  readonly environment: EnvironmentContent | undefined;
}

/** Makes the scorer of a job: fetches its model and code, and finds what is to be installed. */
export async function scorerOf(registry: Registry, spec: JobSpec): Promise<Scorer> {
  const { name, value: facts } = await registry.models.versions.get(spec.model);
  const { content } = facts;
  const folder = await registry.folders.folder({ kind: 'model', name, content });
  const environment =
    spec.environment === undefined
      ? undefined
      : (await registry.environments.versions.get(spec.environment)).value;
  const code = await codeOf(registry, spec);
  return scorerFrom({ model: { folder, root: content.root, facts }, code, environment }, spec.settings);
}

/** The scorer that these parts make, with the settings of a job. */
export function scorerFrom({ model, code, environment }: ScorerParts, settings: JobSettings): Scorer {
  const kind = kindOf(model.facts, code?.script);
  const deployment = { facts: model.facts, script: code?.script, environment };
  const runtime = runtimeFor(deployment);
  const requirements = wantedEnvironment(deployment, settings);
  const setup: Scorer['setup'] = {
    kind,
    folder: code?.folder ?? '',
    script: code?.script ?? '',
    model: join(model.folder, model.root),
    level: settings.loggingLevel.toUpperCase() as WorkerSetup['level'],
    summary_only: settings.outputAction === 'SummaryOnly',
    ...(rowOutputOf(settings) === undefined ? {} : { rows: 'blocks' }),
  };
  const variables = { ...settings.environmentVariables, AZUREML_MODEL_DIR: model.folder };
  const limits = limitsOf(settings);
  const parts = [setup, variables, requirements ?? {}, limits];
  const key = createHash('sha256').update(JSON.stringify(parts)).digest('hex');
  return { key, runtime, requirements, setup, variables, limits };
}

function kindOf({ onnx }: ModelFacts, script: string | undefined): WorkerSetup['kind'] {
  if (script !== undefined) return runtimeOf(script) === 'node' ? 'module' : 'script';
  return onnx === true ? 'onnx' : 'mlflow';
}

/** What decides what scores, and in which environment. */
export interface ScoredBy {
  readonly facts: ModelFacts;
  /** A model without a script has none. */
  readonly script: string | undefined;
  readonly environment: EnvironmentContent | undefined;
}

/** What a deployment is scored by. */
export function runtimeFor({ facts, script }: Pick<ScoredBy, 'facts' | 'script'>): Runtime {
  const kind = kindOf(facts, script);
  return kind === 'module' || kind === 'onnx' ? 'node' : 'python';
}

/**
 * What a deployment asks of Python: its environment, or else what its MLflow model brings itself; `undefined` where that
 * is nothing, and where Node scores.
 */
export function wantedEnvironment(
  deployment: ScoredBy,
  { allowPythonMismatch: anyPython = false }: Pick<JobSettings, 'allowPythonMismatch'>,
): WantedEnvironment | undefined {
  if (runtimeFor(deployment) !== 'python') return undefined;
  const { facts, environment } = deployment;
  const asked = environment === undefined ? facts.mlflow?.requirements : environment.requirements;
  return asked !== undefined && anyPython ? { ...asked, anyPython } : asked;
}

async function codeOf(registry: Registry, spec: JobSpec): Promise<ScorerParts['code']> {
  if (spec.code === undefined) return undefined;
  const { name, value } = await registry.codes.versions.get(spec.code);
  const folder = await registry.folders.folder({ kind: 'code', name, content: value.content });
  return { folder: join(folder, value.content.root), script: spec.code.scoringScript };
}
