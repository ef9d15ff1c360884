const refusals = 'test/integration/cli/notSupported.test.ts';
const guide = 'test/e2e/azureMl/guide.test.ts';

/** What is not supported: what, why and what instead, and the test that shows what is answered. */
export const notSupported = [
  [
    'Deployments of pipelines (`type: pipeline`)',
    'A deployment here scores files with one model. What goes on around it belongs into its scoring script.',
    refusals,
    'a deployment of a pipeline is refused',
  ],
  [
    'Tables as inputs (`mltable`)',
    'An input is a file or a folder of files: name those that the table reads.',
    refusals,
    'a table is refused as data',
  ],
  [
    'Plain values as inputs',
    'In Azure they are for pipelines. A script gets values as environment variables.',
    refusals,
    'a plain value is refused as an input',
  ],
  [
    'A folder as the named output',
    'The output is one file, and `--output-path` names its folder. Files that a script writes itself lie beside it.',
    refusals,
    'a folder is refused as the named output',
  ],
  [
    'Models for Triton',
    'Batch scoring calls a script or an MLflow model: register it as `custom_model` with a script that loads it.',
    refusals,
    'a model for Triton is refused',
  ],
  [
    'Computes other than `amlcompute`',
    'A compute is a bound on how much runs at once, wherever the host runs.',
    refusals,
    'a compute of another type is refused',
  ],
  [
    'Datastores other than `azure_blob` and `local_folder`',
    'There are drivers for Azure Blob Storage and for local disks.',
    refusals,
    'a datastore of another type is refused',
  ],
  [
    'Registries (`azureml://registries/...`)',
    'A host has one workspace: register the asset in it.',
    refusals,
    'a model in a registry is refused',
  ],
  [
    '`auth_mode` other than `aad_token`',
    'As in Azure, where batch endpoints take tokens alone.',
    refusals,
    'another way to prove who calls than a token is refused',
  ],
  ['Online endpoints', 'Batchpoint scores batches.', refusals, 'an online endpoint is refused'],
  [
    'Jobs other than batch jobs (`job create`)',
    'A job is started by invoking an endpoint.',
    refusals,
    'a job of another kind than a batch job is refused',
  ],
  [
    'Components, registries and workspaces as resources',
    'A host has one workspace, under whatever name.',
    refusals,
    'what else a workspace of Azure has is not there',
  ],
  [
    'Container images of environments',
    'Scripts run in a Python environment that is made from the conda file. The image is kept and shown.',
    refusals,
    'a container image is kept and not used, and a warning says so',
  ],
  [
    'Packages of conda, on a machine without `mamba`, `micromamba` and `conda`',
    'The pip section of the conda file is installed; each job names what else the file asks for.',
    'test/integration/environments/condaEnvironments.test.ts',
    'an environment with conda packages leaves them out where no conda is there, and says which',
  ],
  [
    'Calls of `azure-ai-ml` for components, online endpoints and registries',
    'What is not there is answered `RouteNotFound`.',
    guide,
    'The page docs/azure-ai-ml.md says what list(ml.components.list()) ends with: RouteNotFound',
  ],
  [
    'Making a workspace by `azure-ai-ml`',
    'A host has one.',
    guide,
    'The page docs/azure-ai-ml.md says what ml.workspaces.begin_create(Workspace(name="other", location="local")).result() ends with: MethodNotAllowed',
  ],
];
