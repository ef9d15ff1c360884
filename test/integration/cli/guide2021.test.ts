import { cpSync, existsSync, writeFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { CommandLine, packageRoot } from '../../support/commandLine';

/** The files behind the guide of summer 2021, unchanged. */
const samples = join(packageRoot, '../shared/azureml-examples/2021/cli');
const missing = `the files of 2021 are not beside the project (${samples})`;

if (!existsSync(samples)) {
  if (process.env['CI'] !== undefined) throw new Error(missing);
  test.skip(`skipped, as ${missing}`, () => undefined);
} else {
  describe('the commands of the guide of 2021, with its files', () => {
    // What its environments ask for cannot be installed any more: without Python, its jobs end at once.
    const cli = new CommandLine({ BATCHPOINT_PYTHON: '/nowhere/python' });
    const ml = (line: string): string[] => ['ml', ...line.split(' ')];
    const endpoint = '--name mybatchedp --type batch';

    beforeAll(async () => {
      cpSync(samples, cli.folder, { recursive: true });
      await cli.json(
        ml('compute create -n cpu-cluster --type amlcompute --min-instances 0 --max-instances 5'),
      );
    });
    afterAll(() => cli.close());

    test('create the endpoint of an MLflow model and show it', async () => {
      const file = 'endpoints/batch/create-batch-endpoint.yml';
      const shown = {
        name: 'mybatchedp',
        description: 'my sample batch endpoint',
        auth_mode: 'aad_token',
        traffic: { 'autolog-deployment': 100 },
        deployments: [
          {
            name: 'autolog-deployment',
            model: 'azureml:autolog-model:1',
            compute: { target: 'azureml:cpu-cluster', instance_count: 1 },
            mini_batch_size: 1,
            output_file_name: 'predictions.csv',
            retry_settings: { max_retries: 3, timeout: 30 },
            error_threshold: -1,
            logging_level: 'info',
          },
        ],
      };
      expect(await cli.json(ml(`endpoint create --type batch --file ${file}`))).toMatchObject(shown);
      expect(await cli.json(ml(`endpoint show ${endpoint}`))).toMatchObject(shown);
      expect(await cli.json(ml('model show -n autolog-model -v 1'))).toMatchObject({ type: 'mlflow_model' });
    });

    test('add a deployment: its model does not come with the files, which is said', async () => {
      const update = ml(`endpoint update ${endpoint} --deployment-file endpoints/batch/add-deployment.yml`);
      const { code, stderr } = await cli.run(update);
      expect(code).toBe(2);
      expect(stderr).toContain(
        '(AssetPathMissing) endpoints/batch/add-deployment.yml:6:15: model.local_path',
      );
      mkdirSync(join(cli.folder, 'endpoints/batch/mnist/model'));
      writeFileSync(join(cli.folder, 'endpoints/batch/mnist/model/mnist-tf.model.meta'), 'weights');
      const added = await cli.run(update);
      expect(added.code).toBe(0);
      expect(added.stderr).toMatch(
        /^WARNING: The image 'mcr\.microsoft\.com\/[^']+' of environment 'mnist-env'/,
      );
      expect(JSON.parse(added.stdout)).toMatchObject({
        traffic: { 'autolog-deployment': 100, 'mnist-deployment': 0 },
        deployments: [
          {},
          {
            environment: 'azureml:mnist-env:1',
            mini_batch_size: 5,
            error_threshold: 10,
            logging_level: 'info',
          },
        ],
      });
      expect(await cli.json(ml('environment show -n mnist-env -v 1'))).toMatchObject({
        conda_file: expect.stringContaining('tensorflow==1.15.2') as string,
      });
    });

    test('switch the traffic', async () => {
      const { traffic } = await cli.json(ml(`endpoint update ${endpoint} --traffic mnist-deployment:100`));
      expect(traffic).toEqual({ 'autolog-deployment': 0, 'mnist-deployment': 100 });
    });

    test('get what a request of your own needs, and send it', async () => {
      const value = async (line: string): Promise<string> => (await cli.run(ml(line))).stdout.trim();
      const uri = await value(`endpoint show ${endpoint} --query scoring_uri -o tsv`);
      expect(uri).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/subscriptions\/.*\/batchEndpoints\/mybatchedp\/jobs$/);
      const resource = '--resource https://ml.azure.com --query accessToken -o tsv';
      const token = (await cli.run(`account get-access-token ${resource}`.split(' '))).stdout.trim();
      const answer = await fetch(uri, {
        method: 'POST',
        headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
        body: JSON.stringify({
          properties: { dataset: { dataInputType: 'DataUrl', Path: 'file:///nowhere' } },
        }),
      });
      expect(answer.status).toBe(400);
      expect(await answer.json()).toMatchObject({ error: { code: 'InputNotFound' } });
    });

    test('invoke it with other settings, follow and show the job, and list the jobs', async () => {
      cli.file('digits/0.png', 'x');
      const settings = '--mini-batch-size 10 --instance-count 2 --set retry_settings.max_retries=1';
      const invoke = `endpoint invoke ${endpoint} --input-local-path digits ${settings} --query name -o tsv`;
      const name = (await cli.run(ml(invoke))).stdout.trim();
      expect(await cli.json(ml(`job show -n ${name} --web`))).toMatchObject({
        mini_batch_size: 10,
        compute: { instance_count: 2 },
        retry_settings: { max_retries: 1, timeout: 30 },
      });
      expect(await cli.run(ml(`job stream -n ${name}`))).toMatchObject({
        code: 1,
        stderr: expect.stringContaining(
          "(PythonMissing) Python could not be started as '/nowhere/python'",
        ) as string,
      });
      expect((await cli.run(ml(`job show -n ${name} --query status -o tsv`))).stdout).toBe('Failed\n');
      expect(await cli.json(ml(`endpoint list-jobs ${endpoint}`))).toMatchObject([{ name }]);
    });
  });
}
