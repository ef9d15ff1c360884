import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { CommandLine } from '../../support/commandLine';
import { onnxModel } from '../../support/scriptlessModel';

const cli = new CommandLine();
afterAll(() => cli.close());

function attempt(file: string, input: string, ...more: string[]): ReturnType<CommandLine['run']> {
  // No program but Node is found: neither kind needs another one.
  return cli.run(['deployment', 'try', '-f', file, '--input', input, ...more], { env: { PATH: '/nowhere' } });
}

describe('a trial without Python', () => {
  beforeAll(() => {
    for (const name of ['a', 'b', 'c', 'd']) cli.file(`input/${name}.txt`, name);
    cli.file('model/weights.txt', '1');
  });

  function script(text: string, settings = 'mini_batch_size: 2'): string {
    cli.file('code/score.js', text);
    return cli.file(
      'script.yml',
      `name: script\nmodel: {path: model}\ncode_configuration: {code: code, scoring_script: score.js}\ncompute: azureml:cpu\nsettings: {${settings}}\n`,
    );
  }

  test('scores with a script in JavaScript, and shows what it prints', async () => {
    const file = script(
      "const { basename } = require('node:path');\nexports.run = (paths) => {\n  console.log('scoring', paths.length);\n  return paths.map((path) => basename(path));\n};\n",
    );
    const { code, stdout, stderr } = await attempt(file, 'input');
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'a.txt\nb.txt\nc.txt\n' });
    expect(stderr).toMatch(/^scoring 2\nscoring 1\n3 files in 2 mini-batches: 3 rows, 0 failed\.\n/);
  });

  test('shows where a script in JavaScript fails', async () => {
    const { code, stderr } = await attempt(
      script("exports.run = () => {\n  throw new TypeError('not like this');\n};\n"),
      'input',
    );
    expect(code).toBe(1);
    expect(stderr).toMatch(/TypeError: not like this\n[^]*score\.js:2/);
    expect(stderr).toContain('ERROR: (TrialFailed) 3 of 3 files failed.');
  });

  test('gives rows in the format of the deployment', async () => {
    const rows = 'exports.run = (paths) => paths.map((path, i) => ({ name: path.at(-5), i }));\n';
    const { code, stdout } = await attempt(
      script(rows, 'output: {format: csv, header: true, include: [file]}, output_file_name: rows.csv'),
      'input',
    );
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: 'file,name,i\na.txt,a,0\nb.txt,b,1\nc.txt,c,2\n',
    });
  });

  test('scores with an ONNX model', async () => {
    cpSync(onnxModel('linear'), join(cli.folder, 'onnx/linear.onnx'));
    cli.file('tables/a.csv', 'x,y,z\n1,2,3\n-0.5,0,1e3\n');
    const file = cli.file('onnx.yml', 'name: onnx\nmodel: {path: onnx/linear.onnx}\ncompute: azureml:cpu\n');
    const { code, stdout, stderr } = await attempt(file, 'tables');
    expect(stderr).toMatch(/^1 file in 1 mini-batch: 2 rows, 0 failed\./);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^0,[^]*,a\.csv\n1,[^]*,a\.csv\n$/);
  });
});
