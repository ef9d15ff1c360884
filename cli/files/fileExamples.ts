import type { DefinitionKind } from './fileSchemas';

/** An example of a file: what it shows, and its text. */
type FileExample = readonly [what: string, text: string];

/** The examples of the reference of files. */
export const fileExamples: Readonly<Partial<Record<DefinitionKind, readonly FileExample[]>>> = {
  batchEndpoint: [
    [
      'As today',
      `name: digits
description: reads handwritten digits
auth_mode: aad_token
tags: {team: vision}
`,
    ],
    [
      'With its deployments, as in 2021',
      `name: digits
type: batch
auth_mode: aad_token
traffic:
  blue: 100
deployments:
  - name: blue
    model: {name: digits, version: 1, local_path: ./model}
    code_configuration:
      code: {local_path: ./code}
      scoring_script: score.py
    environment:
      name: digits
      version: 1
      conda_file: file:./conda.yml
      docker: {image: registry.example.com/images/python}
    compute:
      target: azureml:cpu-cluster
      instance_count: 2
    mini_batch_size: 5
    retry_settings: {max_retries: 3, timeout: 30}
`,
    ],
  ],
  batchDeployment: [
    [
      'As today',
      `name: green
endpoint_name: digits
type: model
model: azureml:digits@latest
code_configuration:
  code: code
  scoring_script: score.py
environment:
  name: digits
  image: registry.example.com/images/python
  conda_file: environment/conda.yml
compute: azureml:cpu-cluster
resources:
  instance_count: 2
settings:
  max_concurrency_per_instance: 2
  mini_batch_size: 10
  output_action: append_row
  output_file_name: predictions.csv
  retry_settings:
    max_retries: 3
    timeout: 300
  error_threshold: -1
  logging_level: info
  environment_variables:
    LIMIT: 0.5
`,
    ],
    [
      'As in 2022',
      `name: green
endpoint_name: digits
model:
  name: digits
  version: 2
  path: ./model
code_configuration:
  code: ./code
  scoring_script: score.py
environment: azureml:digits:1
compute: azureml:cpu-cluster
resources:
  instance_count: 2
mini_batch_size: 10
output_file_name: predictions.csv
`,
    ],
  ],
  invocation: [
    [
      'An input, a file for the output, and other settings than those of the deployment',
      `inputs:
  images:
    type: uri_folder
    path: azureml:digits-to-read@latest
outputs:
  score:
    type: uri_file
    path: azureml://datastores/workspaceblobstore/paths/digits/today.csv
mini_batch_size: 20
`,
    ],
  ],
  model: [['A model', 'name: digits\nversion: 1\ntype: custom_model\npath: ./model\n']],
  data: [
    ['A data asset', 'name: digits-to-read\ntype: uri_folder\npath: ./images\n'],
    ['One as in 2021', 'name: digits-to-read\nversion: 1\npaths:\n  - folder: ./images\n'],
  ],
  environment: [
    [
      'An environment',
      'name: digits\nversion: 1\nimage: registry.example.com/images/python\nconda_file: ./conda.yml\n',
    ],
  ],
  compute: [['A compute', 'name: cpu-cluster\ntype: amlcompute\nmin_instances: 0\nmax_instances: 4\n']],
  datastore: [
    [
      'A container of Azure Blob Storage',
      'name: images\ntype: azure_blob\naccount_name: myaccount\ncontainer_name: images\n',
    ],
    ['A folder of the machine of the host', 'name: shelf\ntype: local_folder\npath: ./shelf\n'],
  ],
  schedule: [
    [
      'Yesterday, scored at 02:00 Seoul time',
      `name: nightly
trigger:
  type: cron
  expression: "0 2 * * *"
  time_zone: Asia/Seoul
create_job:
  endpoint: digits
  input:
    type: uri_folder
    path: azureml://datastores/landing/paths/{schedule-1d:yyyy/MM/dd}/
  output:
    path: azureml://datastores/workspaceblobstore/paths/digits/{schedule-1d:yyyyMMdd}.csv
`,
    ],
    [
      'The newest output of another endpoint, on weekdays',
      `name: weekdays
trigger:
  type: recurrence
  frequency: week
  interval: 1
  schedule: {hours: 8, minutes: 30, weekdays: [monday, tuesday, wednesday, thursday, friday]}
create_job:
  endpoint: digits
  input: {endpoint: images}
  overrides: {mini_batch_size: 50}
misfire: skip
concurrency: forbid
`,
    ],
  ],
  trigger: [
    [
      'Each CSV file that lands is scored by a job of its own',
      `name: score-arrivals
endpoint: digits
watch:
  datastore: landing
  path: incoming
  include: ["*.csv"]
output: azureml://datastores/workspaceblobstore/paths/{trigger}/{date}/{name}-{job}.csv
overrides:
  mini_batch_size: 1
`,
    ],
    [
      'All files of a minute, or a thousand of them, are one job',
      `name: score-minutes
endpoint: digits
watch: {datastore: landing}
batching: {type: window, seconds: 60, files: 1000}
`,
    ],
    [
      'A file _SUCCESS starts a job over its folder',
      `name: score-folders
endpoint: digits
watch: {datastore: landing, path: days}
batching: {type: marker, name: _SUCCESS}
`,
    ],
    [
      'A chain: each output of another endpoint is the input of a job',
      `name: check-scores
endpoint: checks
watch: {endpoint: digits}
`,
    ],
  ],
  endpointUpdate: [['A change', 'name: digits\ndefaults:\n  deployment_name: green\n']],
};
