import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parquetWriteBuffer } from 'hyparquet-writer';
import type { Job } from '../../../shared/jobs/jobStore';
import { onnxModel, scoreWith } from '../../support/scriptlessModel';
import { useWorkspace } from '../../support/useWorkspace';

describe('tables that an ONNX model scores', () => {
  const workspace = useWorkspace();

  /** Scores files, which are given with their content; `model` names one of the tests' own. */
  async function score(
    name: string,
    model: string,
    files: Readonly<Record<string, string | Buffer>>,
    properties: object = {},
  ): Promise<{ job: Job; rows: string }> {
    for (const [file, content] of Object.entries(files)) workspace().write(`${name}/${file}`, content);
    const job = await scoreWith(
      workspace(),
      name,
      onnxModel(model),
      join(workspace().folder, name),
      properties,
    );
    return { job, rows: job.run.state === 'Completed' ? await workspace().predictions(job) : '' };
  }

  test('give one input the columns of a file in their order, whatever their names', async () => {
    const { rows } = await score('order', 'linear', {
      'a.csv': 'p,q,r\n1,2,3\n',
      'sub/b.csv': '"r","p","q"\r\n1,2,3\r\n',
    });
    expect(rows).toBe('0,-2.2,a.csv\n0,-2.2,sub/b.csv\n');
  });

  test('give each of several inputs the column of its name, in its type', async () => {
    const csv = 'old,kind,extra,age,rate\nTrue,"x, ""y""",,20,0.5\nfalse,,1,9007199254740991,1e16\n';
    const parquet = Buffer.from(
      parquetWriteBuffer({
        columnData: [
          { name: 'age', data: [20n, 3n], type: 'INT64' },
          { name: 'rate', data: [0.1, null], type: 'DOUBLE' },
          { name: 'kind', data: ['é', 'line\nline'], type: 'STRING' },
          { name: 'old', data: [false, true], type: 'BOOLEAN' },
        ],
      }),
    );
    const { rows } = await score('columns', 'columns', {
      'a.csv': csv,
      'b.parquet': parquet,
      'c.pqt': parquet,
    });
    const fromParquet = (name: string): string => `0,20.1,é,True,${name}\n1,,"line\nline",False,${name}\n`;
    expect(rows).toBe(
      `0,20.5,"x, ""y""",False,a.csv\n1,1.900719925474099e+16,,True,a.csv\n${fromParquet('b.parquet')}${fromParquet('c.pqt')}`,
    );
  });

  test('have the label and all probabilities of a converted classifier, of which the last node makes maps', async () => {
    const { rows } = await score('classes', 'classifier', { 'a.csv': 'a,b\n1,2\n3,0.5\n' });
    expect(rows).toBe('0,no,0.62245935,0.37754068,a.csv\n1,"it, depends",0.006692851,0.9933072,a.csv\n');
  });

  test('go to a model that takes only so many rows at once, the last of them filled up', async () => {
    const { rows } = await score('pairs', 'pairs', { 'a.csv': 'x,y,z\n1,2,3\n4,5,6\n7,8,9\n' });
    expect(rows).toBe('0,-2.2,a.csv\n1,-6.4,a.csv\n2,-10.6,a.csv\n');
  });

  test('may give numbers of 16 bits, and lists', async () => {
    const { rows } = await score('shapes', 'shapes', { 'a.csv': 'x,y\n0.1,5000.5\n' });
    expect(rows).toBe('0,0.1,5e+03,"[[0.10000000149011612], [5000.5]]",a.csv\n');
  });

  test('have no rows where the file has none', async () => {
    const { rows } = await score('names', 'linear', { 'a.csv': 'x,y,z\n', 'b.csv': 'x,y,z\n1,2,3\n' });
    expect(rows).toBe('0,-2.2,b.csv\n');
  });

  test('are scored by a model of which the weights lie in a file of their own', async () => {
    mkdirSync(join(workspace().folder, 'apart'));
    for (const file of ['apart.onnx', 'apart.onnx.data']) {
      copyFileSync(onnxModel('apart').replace(/apart\.onnx$/, file), join(workspace().folder, 'apart', file));
    }
    workspace().write('apart-input/a.csv', 'x,y,z\n1,2,3\n');
    const folder = workspace().folder;
    const job = await scoreWith(workspace(), 'apart', join(folder, 'apart'), join(folder, 'apart-input'));
    expect(await workspace().predictions(job)).toBe('0,-2.2,a.csv\n');
  });

  test('of many rows keep their order and their numbers', async () => {
    const lines = Array.from({ length: 100_001 }, (_, i) => `${i},0,0`);
    const { rows } = await score('many', 'linear', { 'a.csv': `x,y,z\n${lines.join('\n')}\n` });
    const found = rows.trimEnd().split('\n');
    expect(found).toHaveLength(lines.length);
    for (const [i, row] of found.entries()) {
      const [number, value] = row.split(',');
      if (Number(number) !== i || Number(value) !== i / 2 + 1) throw new Error(`row ${i} is ${row}`);
    }
  });

  test('fail alone where they do not fit, and file, line, column and value are named', async () => {
    const { job, rows } = await score('odd', 'columns', {
      'a-good.csv': 'age,rate,kind,old\n1,1,x,True\n',
      'b-missing.csv': 'age,rate,kind\n1,1,x\n',
      'c-text.csv': 'age,rate,kind,old\n1,1,x,True\n2,much,x,True\n',
      'd-half.csv': 'age,rate,kind,old\n1.5,1,x,True\n',
      'e-empty.csv': '',
      'f-ragged.csv': 'age,rate,kind,old\n1,1,x,True\n1,1,x\n',
      'g-latin.csv': Buffer.from('age,rate,kind,old\n1,1,caf\u00e9,True\n', 'latin1'),
      'h-cut.parquet': Buffer.from('PAR1 and no more'),
      'h-nul.csv': 'age,rate,kind,old\n1,1,a\0b,True\n',
      'h-tabs.csv': 'age\trate\tkind\told\n1\t1\tx\tTrue\n',
      'i-good.csv': '\ufeffage,rate,kind,old\r\n2,2,"a\r\nb",False\r\n',
    });
    expect(rows).toBe('0,2.0,x,False,a-good.csv\n0,4.0,"a\r\nb",True,i-good.csv\n');
    expect(job.run).toMatchObject({ state: 'Completed' });
    const failed = await workspace().file(job, 'failed_files.csv');
    expect(failed.split('\n').filter((line) => line.includes(',FileInvalid,'))).toHaveLength(9);
    expect(failed).toContain(
      "b-missing.csv,0,FileInvalid,InputFileError,1,\"b-missing.csv: the column 'old' that the model takes is missing; the file has 3: 'age', 'rate', 'kind'\"",
    );
    expect(failed).toContain("c-text.csv: line 3, column 'rate': 'much' is not a number");
    expect(failed).toContain("line 2, column 'age': '1.5' is not a whole number");
    expect(failed).toContain('the file is empty');
    expect(failed).toContain('line 3 has 3 fields, and the line with the names of the columns has 4');
    expect(failed).toContain(
      "line 2, column 'kind': 'a b' is not a text that a model can get: it has a NUL character",
    );
    expect(failed).toContain('Its fields seem to be separated by tabs: commas are needed');
    expect(failed).toContain('line 2 is not UTF-8');
    expect(failed).toContain('the file is no Parquet that can be read');
  });

  test('with too many columns for the one input are refused, as nobody can know which are meant', async () => {
    const { job } = await score('wide', 'linear', {
      'a.csv': 'id,x,y,z\n1,1,2,3\n',
      'b.csv': 'x,y,z\n1,2,3\n',
    });
    const failed = await workspace().file(job, 'failed_files.csv');
    expect(failed).toContain("the model's input 'X' takes 3 columns; the file has 4: 'id', 'x', 'y', 'z'");
  });

  test('and images are told apart, and what is neither is refused before anything is scored', async () => {
    const { job } = await score('types', 'linear', { 'a.csv': 'x,y,z\n1,2,3\n', 'b.docx': 'x' });
    expect(job.run).toMatchObject({ state: 'Failed', error: { code: 'InputTypeUnsupported' } });
  });

  test('are counted and not written where only a summary is wanted', async () => {
    workspace().write('summary/a.csv', 'x,y,z\n1,2,3\n');
    workspace().write('summary/b.csv', 'x,y\n1,2\n');
    const job = await scoreWith(
      workspace(),
      'summary',
      onnxModel('linear'),
      join(workspace().folder, 'summary'),
      { outputAction: 'SummaryOnly' },
    );
    expect(job.run.state).toBe('Completed');
    expect(await workspace().file(job, 'failed_files.csv')).toContain('b.csv,0,FileInvalid');
    await expect(workspace().predictions(job)).rejects.toMatchObject({ code: 'JobFileMissing' });
  });

  test('that are split by rows keep the numbers that the rows have in the whole file', async () => {
    const { rows } = await score(
      'split',
      'linear',
      { 'a.csv': 'x,y,z\n0,0,0\n2,0,0\n4,0,0\n6,0,0\n8,0,0\n', 'sub/b.csv': 'x,y,z\n1,2,3\n' },
      { miniBatch: { by: 'rows', size: 2 } },
    );
    expect(rows).toBe('0,1.0,a.csv\n1,2.0,a.csv\n2,3.0,a.csv\n3,4.0,a.csv\n4,5.0,a.csv\n0,-2.2,sub/b.csv\n');
    const odd = await score(
      'split-odd',
      'linear',
      { 'a.csv': 'x,y,z\n0,0,0\n2,0,0\n4,0,0\n6,0,none\n8,0,0\n' },
      { miniBatch: { by: 'rows', size: 2 } },
    );
    expect(await workspace().file(odd.job, 'failed_files.csv')).toContain(
      "a.csv[rows 2-3],1,FileInvalid,InputFileError,1,\"a.csv: row 3, column 'z': 'none' is not a number\"",
    );
  });

  test('come as JSON lines with the names of the outputs where that is wanted', async () => {
    const outputOptions = { format: 'jsonl', include: ['file', 'row'] };
    const files = {
      'a.csv': 'age,rate,kind,old\n1,0.5,x,True\n2,inf,y,False\n',
      'b.csv': 'age,rate,kind,old\n3,nan,z,True\n',
    };
    const { rows } = await score('lines', 'columns', files, { outputOptions });
    expect(
      rows
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    ).toEqual([
      { file: 'a.csv', row: 0, sum: 1.5, same: 'x', young: false },
      { file: 'a.csv', row: 1, sum: 'inf', same: 'y', young: true },
      { file: 'b.csv', row: 0, sum: null, same: 'z', young: false },
    ]);
    const classes = await score(
      'class-lines',
      'classifier',
      { 'a.csv': 'a,b\n1,2\n' },
      { outputOptions: { format: 'jsonl' } },
    );
    expect(JSON.parse(classes.rows)).toEqual({
      label: 'no',
      probabilities_no: 0.62245935,
      'probabilities_it, depends': 0.37754068,
    });
    const shapes = await score(
      'shape-lines',
      'shapes',
      { 'a.csv': 'x,y\n0.1,5000.5\n' },
      { outputOptions: { format: 'jsonl' } },
    );
    expect(JSON.parse(shapes.rows)).toEqual({
      half_0: 0.1,
      half_1: 5000,
      nested: [[0.10000000149011612], [5000.5]],
    });
  });
});
