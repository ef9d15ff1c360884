import { readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { lookAtModel } from '../../../shared/registry/models';
import { deployModel, onnxModel, scoreWith } from '../../support/scriptlessModel';
import { useWorkspace } from '../../support/useWorkspace';

const mlmodel = (flavors: string, signature = ''): string => `flavors:
${flavors}${signature}`;

const onnxFlavor = `  onnx:
    data: nested/net.onnx
    onnx_session_options: { intra_op_num_threads: 1, graph_optimization_level: 1, execution_mode: sequential, extra_session_config: { session.use_env_allocators: "1" } }
    providers: [CUDAExecutionProvider, CPUExecutionProvider]
`;

const signature = `signature:
  inputs: '[{"type": "double", "name": "c", "required": true}, {"type": "long", "name": "a", "required": true}, {"type": "double", "name": "b", "required": false}]'
`;

describe('an ONNX model', () => {
  const workspace = useWorkspace();

  /** Writes an MLflow folder around a model, and files to score. */
  function mlflow(name: string, text: string, model = 'linear'): string {
    workspace().write(`${name}/net/MLmodel`, text);
    workspace().write(`${name}/net/nested/net.onnx`, readFileSync(onnxModel(model)));
    workspace().write(`${name}/net/requirements.txt`, 'no-such-package-is-installed==0.0.0\n');
    return join(workspace().folder, name, 'net');
  }

  function input(name: string, files: Readonly<Record<string, string>>): string {
    for (const [file, content] of Object.entries(files)) workspace().write(`${name}/input/${file}`, content);
    return join(workspace().folder, name, 'input');
  }

  async function failed(name: string, model: string): Promise<unknown> {
    const job = await scoreWith(workspace(), name, model, input(name, { 'a.csv': 'x,y\n1,2\n' }));
    expect(job.run.state).toBe('Failed');
    return job.run.error;
  }

  test('of MLflow takes the columns of its signature in their order, and their types, and installs nothing', async () => {
    const model = mlflow(
      'signed',
      mlmodel(`${onnxFlavor}  python_function: { loader_module: mlflow.onnx }\n`, signature),
    );
    const files = input('signed', {
      'a.csv': 'extra,a,b,c\nx,2,3,1\n',
      'b-without.csv': 'c,a\n1,2\n',
      'c-half.csv': 'a,b,c\n1,1,1\n2.5,1,1\n',
    });
    const job = await scoreWith(workspace(), 'signed', model, files);
    // 0.5 c - 2 a + 0.1 b + 1, and nothing where b is missing.
    expect(await workspace().predictions(job)).toBe('0,-2.2,a.csv\n0,,b-without.csv\n');
    const text = await workspace().file(job, 'failed_files.csv');
    expect(text).toContain("line 3, column 'a': '2.5' is not a whole number");
  });

  test('of MLflow without python_function is one all the same', async () => {
    const model = mlflow('bare', mlmodel(onnxFlavor));
    const job = await scoreWith(workspace(), 'bare', model, input('bare', { 'a.csv': 'x,y,z\n1,2,3\n' }));
    expect(await workspace().predictions(job)).toBe('0,-2.2,a.csv\n');
  });

  test('is found in a folder, where it is the only one', async () => {
    workspace().write('only/model/readme.md', 'a model');
    workspace().write('only/model/deep/net.onnx', readFileSync(onnxModel('linear')));
    const job = await scoreWith(
      workspace(),
      'only',
      join(workspace().folder, 'only/model'),
      input('only', { 'a.csv': 'x,y,z\n1,2,3\n' }),
    );
    expect(await workspace().predictions(job)).toBe('0,-2.2,a.csv\n');
  });

  test('needs a script where it is one of two, or no ONNX model at all', async () => {
    workspace().write('two/model/a.onnx', 'x');
    workspace().write('two/model/b.onnx', 'x');
    const two = deployModel(workspace(), 'two', join(workspace().folder, 'two/model'));
    await expect(two).rejects.toMatchObject({ code: 'ScriptNeeded' });
    const other = deployModel(workspace(), 'other', workspace().write('other/model.pkl', 'x'));
    await expect(other).rejects.toMatchObject({ code: 'ScriptNeeded' });
  });

  test('is not looked for behind what is neither a file nor a folder', async () => {
    workspace().write('devices/model/net.txt', 'x');
    symlinkSync('/dev/null', join(workspace().folder, 'devices/model/null'));
    const look = lookAtModel(join(workspace().folder, 'devices/model'), 'devices', 'custom_model');
    await expect(look).rejects.toMatchObject({ code: 'AssetPathMissing' });
  });

  test('of MLflow of which the file is not there is not taken for one', async () => {
    workspace().write('gone/net/MLmodel', mlmodel(onnxFlavor));
    const gone = deployModel(workspace(), 'gone', join(workspace().folder, 'gone/net'));
    await expect(gone).rejects.toMatchObject({ code: 'FlavorMissing' });
    workspace().write('outside/net/MLmodel', mlmodel('  onnx: { data: ../net.onnx }\n'));
    workspace().write('outside/net.onnx', readFileSync(onnxModel('linear')));
    const outside = deployModel(workspace(), 'outside', join(workspace().folder, 'outside/net'));
    await expect(outside).rejects.toMatchObject({ code: 'FlavorMissing' });
  });

  test('with an operator that is not known stops the job, which names it', async () => {
    expect(await failed('unknown', onnxModel('unknown'))).toMatchObject({
      code: 'OnnxModelUnusable',
      message: expect.stringMatching(
        /^The ONNX model cannot be used: Fatal error: example\.unknown:Frobnicate.* is not a registered function\/op/,
      ) as string,
    });
  });

  test('that is cut off, or none at all, stops the job', async () => {
    const whole = readFileSync(onnxModel('linear'));
    const cut = workspace().write('cut/net.onnx', whole.subarray(0, 100));
    expect(await failed('cut', cut)).toMatchObject({
      code: 'OnnxModelUnusable',
      message:
        'The ONNX model cannot be used: the file is no ONNX model, or not all of one: Protobuf parsing failed.',
    });
    const text = workspace().write('text/net.onnx', 'this is no model');
    expect(await failed('text', text)).toMatchObject({ code: 'OnnxModelUnusable' });
    expect(await failed('empty', workspace().write('empty/net.onnx', ''))).toMatchObject({
      code: 'OnnxModelUnusable',
      message:
        'The ONNX model cannot be used: the file is no ONNX model, or not all of one: ModelProto does not have a graph.',
    });
  });

  test('of a version that is not out yet stops the job, which names the version', async () => {
    const model = readFileSync(onnxModel('linear'));
    // The version of the operators is the last field of the file: 0x10 and the number.
    expect([...model.subarray(-2)]).toEqual([0x10, 17]);
    model[model.length - 1] = 99;
    expect(await failed('newer', workspace().write('newer/net.onnx', model))).toMatchObject({
      code: 'OnnxModelUnusable',
      message: expect.stringContaining('Opset 99') as string,
    });
  });

  test('without the file of its weights stops the job', async () => {
    const alone = workspace().write('weightless/net.onnx', readFileSync(onnxModel('apart')));
    expect(await failed('weightless', alone)).toMatchObject({
      code: 'OnnxModelUnusable',
      message: expect.stringContaining('apart.onnx.data') as string,
    });
  });
});
