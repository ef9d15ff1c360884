import { CommandLine } from '../../support/commandLine';
import { aProject, deploymentFile, endpointFile } from '../../support/scoringFiles';

const cli = new CommandLine();
beforeAll(() => {
  aProject(cli, 2);
  cli.file('endpoint.yml', endpointFile('digits', 'echo.py'));
  cli.file('add.yml', deploymentFile('two', 'echo.py'));
});
afterAll(() => cli.close());

/** Runs a line as it stands in a script. */
const line = (words: string): Promise<Record<string, unknown>> => cli.json(words.split(' '));

test('options have the short names that az has for them', async () => {
  await line('compute create -n cpu-cluster -t amlcompute -g rg -w ws');
  expect(await line('model create -n short -t custom_model -p model -g rg -w ws')).toMatchObject({
    type: 'custom_model',
    id: expect.stringContaining('/resourceGroups/rg/') as string,
  });
  expect(await line('data create -n short -t uri_folder -p input')).toMatchObject({ type: 'uri_folder' });
  cli.file('conda.yml', 'dependencies: [{pip: []}]\n');
  expect(await line('environment create -n short -c conda.yml -i an/image')).toMatchObject({
    image: 'an/image',
    conda_file: expect.stringContaining('pip') as string,
  });
  await line('endpoint create -t batch -f endpoint.yml');
  await line('endpoint update -t batch -n digits -e add.yml -r two:100');
  expect(await line('endpoint invoke -t batch -n digits -l input -m 1 -c 2')).toMatchObject({
    deployment_name: 'two',
    mini_batch_size: 1,
    compute: { instance_count: 2 },
  });
  const stored = 'azureml:workspaceblobstore';
  expect(
    await line(`endpoint invoke -t batch -n digits -i azureml:short:1 -s ${stored} -x out`),
  ).toMatchObject({
    output: { datastore: stored, path: 'out' },
  });
  expect(await line('batch-endpoint invoke -n digits --input input -d one -m 1 -c 1 -e first')).toMatchObject(
    {
      deployment_name: 'one',
      mini_batch_size: 1,
      experiment_name: 'first',
    },
  );
  expect(await line('batch-deployment create -f add.yml -e digits -n three')).toMatchObject({
    name: 'three',
  });
  expect(await line('batch-deployment update -e digits -n three --set mini_batch_size=9')).toMatchObject({
    settings: { mini_batch_size: 9 },
  });
});

test('what looks like a number stays text with --force-string, whatever is updated', async () => {
  cli.file('datastore.yml', 'name: here\ntype: local_folder\npath: ./input\n');
  await line('datastore create -f datastore.yml');
  const { name } = await line('endpoint invoke -t batch -n digits -l input');
  for (const update of [
    'batch-endpoint update -n digits',
    'batch-deployment update -e digits -n one',
    `job update -n ${String(name)}`,
    'model update -n short -v 1',
    'data update -n short -v 1',
    'environment update -n short -v 1',
    'compute update -n cpu-cluster',
    'datastore update -n here',
  ]) {
    expect(await line(`${update} --set tags.number=5 --force-string`)).toMatchObject({
      tags: { number: '5' },
    });
  }
});

test('the size of a compute is kept and shown', async () => {
  const created = await line('compute create -n sized -t amlcompute --size Standard_DS3_v2');
  expect(created).toMatchObject({ size: 'Standard_DS3_v2' });
});

test('one deployment of an endpoint is named, listed by and deleted in the words of 2021', async () => {
  const added = 'endpoint update --type batch --name digits --deployment four --deployment-file add.yml';
  expect(await line(`${added} --query deployments[].name`)).toContain('four');
  const alone = await cli.run('endpoint update --type batch --name digits --deployment four'.split(' '));
  expect(alone).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('--deployment needs --deployment-file') as string,
  });
  const both = 'endpoint invoke -n digits -l input --deployment four --deployment-name one';
  expect((await cli.run(both.split(' '))).stderr).toContain(
    '--deployment and --deployment-name say the same',
  );
  const { name } = await line('endpoint invoke -t batch -n digits -d four -l input');
  await cli.run(['job', 'stream', '-n', String(name)]);
  const jobs = 'endpoint list-jobs --type batch --name digits --query [].name --deployment';
  expect(await line(`${jobs} four`)).toEqual([name]);
  await cli.run('endpoint delete --type batch --name digits --deployment four --yes'.split(' '));
  const left = await line('endpoint show -t batch -n digits --query deployments[].name');
  expect(left).not.toContain('four');
  expect(left).toContain('two');
});

test('--no-wait is accepted wherever az has it', async () => {
  for (const words of [
    'compute create -n other --no-wait',
    'compute update -n other --max-instances 2 --no-wait',
    'model create -n waitless -p model --no-wait',
    'data create -n waitless -p input --no-wait',
    'environment create -n waitless -c conda.yml --no-wait',
    'endpoint create -f endpoint.yml -n waitless --no-wait',
    'endpoint update -n waitless --description words --no-wait',
    'batch-endpoint create -n leisurely --no-wait',
    'batch-endpoint update -n leisurely --set description=words --no-wait',
    'batch-deployment create -f add.yml -e leisurely --no-wait',
    'batch-deployment update -n two -e leisurely --set error_threshold=3 --no-wait',
    'batch-deployment delete -n two -e leisurely --yes --no-wait',
    'batch-endpoint delete -n leisurely --yes --no-wait',
    'endpoint delete -n waitless --yes --no-wait',
    'compute delete -n other --yes --no-wait',
  ]) {
    const { code, stderr } = await cli.run(words.split(' '));
    expect({ words, code, stderr }).toEqual({ words, code: 0, stderr: '' });
  }
});

test('--skip-script-validation is accepted, and a script without run() is refused all the same', async () => {
  const create = 'batch-deployment create -f add.yml -e digits -n checked --skip-script-validation';
  expect(await line(create)).toMatchObject({ name: 'checked' });
  cli.file('code/idle.py', 'def init():\n    pass\n');
  const refused = await cli.run(`${create} --set code_configuration.scoring_script=idle.py`.split(' '));
  expect(refused.code).not.toBe(0);
  expect(refused.stderr).toContain('run(');
});

test('what an image is built from is told as not used, once', async () => {
  const words = 'environment create -n built -b code -d Dockerfile --os-type linux -o none';
  const { code, stderr } = await cli.run(words.split(' '));
  expect(code).toBe(0);
  expect(stderr).toMatch(/^WARNING: Accepted, and not used by Batchpoint: [^\n]*--build-context[^\n]*\n$/);
});

test('an environment without a name is named by its deployment where its image is not used', async () => {
  const set = ['--set', 'environment={"image": "an/image", "conda_file": "conda.yml"}'];
  const { code, stderr } = await cli.run([
    ...'batch-deployment create -f add.yml -e digits -n unnamed'.split(' '),
    ...set,
  ]);
  expect(code).toBe(0);
  expect(stderr).toMatch(
    /^WARNING: The image 'an\/image' of the environment of deployment 'unnamed' is not used[^\n]*\n$/,
  );
});

test('a description may be taken away by an empty one', async () => {
  await line('endpoint update -n digits --description words');
  expect(await cli.json(['endpoint', 'update', '-n', 'digits', '--description', ''])).toMatchObject({
    description: '',
  });
});

test('yamlc is YAML', async () => {
  const { stdout } = await cli.run('compute show -n cpu-cluster -o yamlc'.split(' '));
  expect(stdout).toBe((await cli.run('compute show -n cpu-cluster -o yaml'.split(' '))).stdout);
  expect(stdout).toMatch(/^name: cpu-cluster\n/);
});
