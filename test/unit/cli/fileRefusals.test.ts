import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readDefinition } from '../../../cli/files/definition';
import type { DefinitionKind } from '../../../cli/files/fileSchemas';

const folder = mkdtempSync(join(tmpdir(), 'refusals-'));
afterAll(() => rmSync(folder, { recursive: true }));

function read(kind: DefinitionKind, text: string): unknown {
  const file = join(folder, 'x.yml');
  writeFileSync(file, text);
  return readDefinition(kind, { file, currentFolder: folder, overlays: [] });
}

test.each<[DefinitionKind, string, string, string]>([
  [
    'batchDeployment',
    'name: abc\ntype: pipeline\ncomponent: x\n',
    'PipelineUnsupported',
    'x.yml:2:7: type: ',
  ],
  ['batchDeployment', 'name: abc\ntype: PIPELINE\n', 'PipelineUnsupported', 'x.yml:2:7: type: '],
  [
    'batchEndpoint',
    'name: abc\ndeployments:\n  - type: pipeline\n    job_definition: x\n',
    'PipelineUnsupported',
    'x.yml:3:11: deployments[0].type: ',
  ],
  ['model', 'name: abc\ntype: triton_model\npath: x\n', 'TritonModelUnsupported', 'x.yml:2:7: type: '],
  ['data', 'name: abc\ntype: mltable\npath: x\n', 'MlTableUnsupported', 'x.yml:2:7: type: '],
  ...['computeinstance', 'kubernetes', 'virtualmachine', 'synapsespark'].map(
    (type): [DefinitionKind, string, string, string] => [
      'compute',
      `name: abc\ntype: ${type}\nssh_key: x\n`,
      'ComputeUnsupported',
      'x.yml:2:7: type: ',
    ],
  ),
  ...['azure_file', 'azure_data_lake_gen1', 'azure_data_lake_gen2'].map(
    (type): [DefinitionKind, string, string, string] => [
      'datastore',
      `name: abc\ntype: ${type}\nfile_share_name: x\n`,
      'DatastoreUnsupported',
      'x.yml:2:7: type: ',
    ],
  ),
  ...['string', 'number', 'integer', 'boolean'].map((type): [DefinitionKind, string, string, string] => [
    'invocation',
    `inputs: {a: {type: ${type}, default: 1}}\n`,
    'LiteralUnsupported',
    'x.yml:1:20: inputs.a.type: ',
  ]),
  ['invocation', 'inputs: {a: {type: mltable}}\n', 'MlTableUnsupported', 'x.yml:1:20: inputs.a.type: '],
  [
    'invocation',
    'outputs: {a: {type: uri_folder}}\n',
    'OutputFolderUnsupported',
    'x.yml:1:21: outputs.a.type: ',
  ],
])('%s: %j is refused as %s alone, at its place', (kind, text, code, place) => {
  const refused = (): unknown => read(kind, text);
  expect(refused).toThrow(expect.objectContaining({ code }) as Error);
  expect(refused).toThrow(place);
});

test('a fault beside what is refused is told with it', () => {
  const refused = (): unknown =>
    read('batchEndpoint', 'name: abc\nauth: x\ndeployments:\n  - type: pipeline\n    component: x\n');
  expect(refused).toThrow(
    expect.objectContaining({
      details: [
        expect.objectContaining({ code: 'DefinitionInvalid' }) as object,
        expect.objectContaining({ code: 'PipelineUnsupported' }) as object,
      ],
    }) as Error,
  );
});

test.each<[DefinitionKind, string, string]>([
  ['batchEndpoint', 'trafic: {}', "'trafic' is not known. Did you mean 'traffic'?"],
  ['batchEndpoint', 'default: {}', "'default' is not known. Did you mean 'defaults'?"],
  ['batchDeployment', 'setting: {}', "'setting' is not known. Did you mean 'settings'?"],
  ['batchDeployment', 'settings: {retry_setting: {}}', "Did you mean 'retry_settings'?"],
  ['batchDeployment', 'settings: {retry_settings: {max_retry: 1}}', "Did you mean 'max_retries'?"],
  ['batchDeployment', 'Settings: {}', "'Settings' is not known. Did you mean 'settings'?"],
  ['batchDeployment', 'model: {nam: x}', "'nam' is not known. Did you mean 'name'?"],
  ['batchDeployment', 'environment: {condafile: x}', "Did you mean 'conda_file'?"],
  ['batchDeployment', 'code_configuration: {code: {localpath: x}}', "Did you mean 'local_path'?"],
  ['batchDeployment', 'compute: {targt: x}', "Did you mean 'target'?"],
  ['batchDeployment', 'resources: {instance_cnt: 1}', "Did you mean 'instance_count'?"],
  ['model', 'flavor: {}', "Did you mean 'flavors'?"],
  ['compute', 'max_instance: 1', "Did you mean 'max_instances'?"],
])('%s: of %s the nearest right key is told', (kind, text, said) => {
  expect(() => read(kind, `${text}\n`)).toThrow(
    expect.objectContaining({
      details: expect.arrayContaining([
        expect.objectContaining({ message: expect.stringContaining(said) as string }),
      ]) as object,
    }) as Error,
  );
});
