import { CommandLine } from '../../support/commandLine';

/** What users of batch endpoints may bring, and what is answered where it is not supported: at once, and with a code. */
const cli = new CommandLine();

beforeAll(async () => {
  cli.file('model/weights.txt', 'x');
  await cli.json(['compute', 'create', '--name', 'cpu', '--max-instances', '1']);
  await cli.json(['batch-endpoint', 'create', '--name', 'words']);
});
afterAll(() => cli.close());

/** Runs a command that has to be refused before it does anything, and answers what it tells. */
async function refusal(line: string, code = 2): Promise<string> {
  const ended = await cli.run(line.split(' '));
  expect({ code: ended.code, stdout: ended.stdout }).toEqual({ code, stdout: '' });
  return ended.stderr;
}

test('a deployment of a pipeline is refused', async () => {
  cli.file('pipeline.yml', 'name: main\ntype: pipeline\ncomponent: azureml:c@latest\n');
  const told = await refusal('ml batch-deployment create --file pipeline.yml --endpoint-name words');
  expect(told).toContain('(PipelineUnsupported) pipeline.yml:2:7');
});

test('a table is refused as data', async () => {
  const table = 'name: table\ntype: mltable\npath: ./model\n';
  cli.file('table.yml', table);
  expect(await refusal('ml data create --file table.yml')).toContain('(MlTableUnsupported) table.yml:2:7');
});

test('a plain value is refused as an input', async () => {
  cli.file('value.yml', 'inputs:\n  score_mode:\n    type: string\n    default: fast\n');
  const told = await refusal('ml batch-endpoint invoke --name words --file value.yml');
  expect(told).toContain('(LiteralUnsupported) value.yml:3:11');
});

test('a folder is refused as the named output', async () => {
  const output =
    'outputs:\n  score:\n    type: uri_folder\n    path: azureml://datastores/workspaceblobstore/paths/x\n';
  cli.file('folder.yml', `inputs:\n  files:\n    path: ./model\n${output}`);
  const told = await refusal('ml batch-endpoint invoke --name words --file folder.yml');
  expect(told).toContain('(OutputFolderUnsupported) folder.yml:6:11');
});

test('a model for Triton is refused', async () => {
  cli.file('triton.yml', 'name: triton\ntype: triton_model\npath: ./model\n');
  expect(await refusal('ml model create --file triton.yml')).toContain(
    '(TritonModelUnsupported) triton.yml:2:7',
  );
});

test('a compute of another type is refused', async () => {
  cli.file('cluster.yml', 'name: cluster\ntype: kubernetes\n');
  expect(await refusal('ml compute create --file cluster.yml')).toContain(
    '(ComputeUnsupported) cluster.yml:2:7',
  );
});

test('a datastore of another type is refused', async () => {
  cli.file('share.yml', 'name: share\ntype: azure_file\naccount_name: a\nfile_share_name: b\n');
  expect(await refusal('ml datastore create --file share.yml')).toContain(
    '(DatastoreUnsupported) share.yml:2:7',
  );
});

test('a model in a registry is refused', async () => {
  const model = 'model: azureml://registries/azureml/models/bert/versions/1';
  cli.file('registry.yml', `name: main\n${model}\ncompute: azureml:cpu\n`);
  const told = await refusal('ml batch-deployment create --file registry.yml --endpoint-name words');
  expect(told).toContain('(RegistryUnsupported) registry.yml:2:8');
});

test('another way to prove who calls than a token is refused', async () => {
  cli.file('key.yml', 'name: keyed\nauth_mode: key\n');
  expect(await refusal('ml batch-endpoint create --file key.yml')).toContain(
    'key.yml:2:12: auth_mode: expected one of "aad_token"',
  );
});

test('an online endpoint is refused', async () => {
  expect(await refusal('ml endpoint show --name words --type online')).toContain('It is one of batch.');
  expect(await refusal('ml online-endpoint list')).toContain("'online-endpoint' is not a command.");
});

test('a job of another kind than a batch job is refused', async () => {
  expect(await refusal('ml job create --file job.yml')).toContain("'job' has no command 'create'.");
});

test('what else a workspace of Azure has is not there', async () => {
  for (const group of ['component', 'registry', 'workspace']) {
    expect(await refusal(`ml ${group} list`)).toContain(`'${group}' is not a command.`);
  }
});

test('a container image is kept and not used, and a warning says so', async () => {
  const { code, stdout, stderr } = await cli.run(
    'ml environment create --name boxed --image ubuntu'.split(' '),
  );
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ name: 'boxed', image: 'ubuntu' });
  expect(stderr).toContain("The image 'ubuntu' of environment 'boxed' is not used on this machine");
});
