import { join } from 'node:path';
import { MlflowHost } from '../support/mlflowHost';

/** Predicts for a file whose types are given to pandas by hand. */
const bare = `
import mlflow.pyfunc, pandas, sys
rows = pandas.read_csv(sys.argv[2], dtype={'ward': object}, parse_dates=['since'])
for one in mlflow.pyfunc.load_model(sys.argv[1]).predict(rows):
    print(repr(float(one)))
`;

/** Writes a table with the types of Parquet that CSV does not have. */
const writeParquet = `
import datetime, decimal, pandas, sys
pandas.DataFrame({
    'small': [1, 2], 'large': [9007199254740993, -1], 'number': [decimal.Decimal('1.5'), None],
    'truth': [True, False], 'text': pandas.Categorical(['007', None]),
    'time': pandas.to_datetime(['2026-01-02T01:00:00+02:00', '2026-07-02T01:00:00+02:00']),
    'bytes': [b'hi', b''], 'list': [[1, 2], []],
}).to_parquet(sys.argv[1])
`;

describe('the values of an input', () => {
  let scoring: MlflowHost;

  beforeAll(async () => {
    scoring = await MlflowHost.start();
  });

  afterAll(() => scoring.close());

  test('go into a pipeline over numbers with gaps, text, truth and time as they went into its training', async () => {
    const table =
      'since,ward,smokes,visits,weight\n' +
      '2020-05-01,007,True,3,70.5\n2021-05-01,,False,2,\n2021-07-09,07,False,0,NA\n2022-01-31,north,True,8,61\n';
    const path = scoring.write('mixed.csv', table);
    const expected = scoring.run(bare, join(scoring.models, 'mixed'), path).trim().split('\n');
    const { rows } = await scoring.score('mixed', { 'm.csv': table });
    expect(rows).toBe(expected.map((one, row) => `${row},${one},m.csv\n`).join(''));
    expect(new Set(expected).size).toBe(4);
  });

  test('are cast to the types of the signature, from CSV: text stays text, and large numbers stay exact', async () => {
    const { rows, failed } = await scoring.score('seen', {
      'good.csv':
        'list,bytes,time,text,truth,number,large,small\n' +
        '"[1,2]",aGk=,2026-01-02,007,true,1,9007199254740993,1\n' +
        '[],,2026-01-02T03:04:05+02:00,1.50,0,,-1,2\n',
      'integer.csv': 'list,bytes,time,text,truth,number,large,small\n[],,2026-01-02,a,1,1,1,3000000000\n',
      'truth.csv': 'list,bytes,time,text,truth,number,large,small\n[],,2026-01-02,a,yes,1,1,1\n',
      'time.csv': 'list,bytes,time,text,truth,number,large,small\n[],,1/2/2026,a,1,1,1,1\n',
      'bytes.csv': 'list,bytes,time,text,truth,number,large,small\n[],*,2026-01-02,a,1,1,1,1\n',
      'inner.csv': 'list,bytes,time,text,truth,number,large,small\n"[""a""]",aGk=,2026-01-02,a,1,1,1,1\n',
      'list.csv': 'list,bytes,time,text,truth,number,large,small\n[1,aGk=,2026-01-02,a,1,1,1,1\n',
    });
    expect(rows).toBe(
      `0,"int:1 int:9007199254740993 float:1.0 bool:True str:007 Timestamp:2026-01-02 00:00:00 bytes:b'hi' list:[1, 2]",good.csv\n` +
        '1,int:2 int:-1 float:nan bool:False str:1.50 Timestamp:2026-01-02 01:04:05 float:nan list:[],good.csv\n',
    );
    expect(failed).toEqual({
      'integer.csv':
        "FileInvalid integer.csv: line 2, column 'small': 3000000000, which is too large for integer",
      'truth.csv':
        "FileInvalid truth.csv: line 2, column 'truth': 'yes', which is neither true nor false, as the model's signature wants it (boolean)",
      'time.csv':
        "FileInvalid time.csv: line 2, column 'time': '1/2/2026', which is no date or time in ISO 8601, such as 2026-11-26 or 2026-11-26T10:30:00Z (datetime)",
      'bytes.csv': "FileInvalid bytes.csv: line 2, column 'bytes': '*', which is no base64 (binary)",
      // What only MLflow itself finds is no fault of the model either.
      'inner.csv': expect.stringMatching(
        /^FileInvalid inner\.csv: the file does not fit the model's signature, says MLflow: /,
      ) as string,
      'list.csv':
        "FileInvalid list.csv: line 2, column 'list': '[1', which is no JSON, as the model's signature wants it (Array(long))",
    });
  });

  test('are cast to the types of the signature, from Parquet', async () => {
    scoring.run(writeParquet, scoring.write('types/p.parquet', ''));
    const { rows } = await scoring.scoreFolder('seen', join(scoring.host.folder, 'types'));
    expect(rows).toBe(
      "0,int:1 int:9007199254740993 float:1.5 bool:True str:007 Timestamp:2026-01-01 23:00:00 bytes:b'hi' ndarray:[1 2],p.parquet\n" +
        "1,int:2 int:-1 float:nan bool:False float:nan Timestamp:2026-07-01 23:00:00 bytes:b'' ndarray:[],p.parquet\n",
    );
  });

  test('may be missing where the signature says so, column by column, and params have their defaults', async () => {
    const { rows, failed } = await scoring.score('optional', {
      'all.csv': 'a,b,c\n1,1,1\n2,,2\n',
      'empty.csv': 'a,b,c\n1,1,\n2,2,\n',
      'some.csv': 'a,b,c\n1,1,1\n2,2,\n',
      'without.csv': 'a\n1\n',
    });
    expect(rows).toBe('0,4.0,all.csv\n1,,all.csv\n0,4.0,empty.csv\n1,8.0,empty.csv\n0,202.0,without.csv\n');
    expect(failed).toEqual({
      'some.csv': expect.stringContaining("line 3, column 'c': there is no value") as string,
    });
  });

  test('are what pandas makes of them where the model has no signature', async () => {
    const { rows } = await scoring.score('unsigned', { 'u.csv': 'a,b,c,c\n1,1.5,true,x\n2,,false,y\n' });
    const types = /^0,a:int64 b:float64 c:bool c\.1:(str|object),u\.csv\n1,/;
    expect(rows).toMatch(types);
  });

  test('become the tensor of a signature without names: a column for each number of a row', async () => {
    const { rows, failed } = await scoring.score('square', {
      'q.csv': 'a,b,c,d\n1,2,3,4\n5,6,7,8\n',
      'three.csv': 'a,b,c\n1,2,3\n',
      'word.csv': 'a,b,c,d\n1,2,3,x\n',
    });
    expect(rows).toBe('0,3.0,7.0,q.csv\n1,11.0,15.0,q.csv\n');
    expect(failed).toEqual({
      'three.csv':
        "FileInvalid three.csv: a row has 3 values, which do not fit the tensor of the model's signature, float32 (-1, 2, 2)",
      'word.csv':
        "FileInvalid word.csv: line 2, column 'd': 'x', which is no number, as the model's signature wants it (float32)",
    });
  });

  test('become tensors with names: all numbers of a row in one cell', async () => {
    const parquet = `
import pandas, sys
pandas.DataFrame({'x': [1, 2], 'ids': [[1, 2, 3], [4, 5, 6]]}).to_parquet(sys.argv[1])
`;
    scoring.write('named/n.csv', 'x,ids\n1.5,"[1,2,3]"\n2,"[4,5,6]"\n');
    scoring.write('named/short.csv', 'x,ids\n1.5,"[1,2,3]"\n2,"[4,5]"\n');
    scoring.run(parquet, scoring.write('named/n.parquet', ''));
    const { rows, failed } = await scoring.scoreFolder('named', join(scoring.host.folder, 'named'));
    expect(rows).toBe('0,7.5,n.csv\n1,17.0,n.csv\n0,7.0,n.parquet\n1,17.0,n.parquet\n');
    expect(failed).toEqual({
      'short.csv':
        "FileInvalid short.csv: line 3, column 'ids': '[4,5]', which is not 3 numbers in brackets, as the model's signature wants it (int64)",
    });
  });

  test('of an image become the tensor of the signature: with a batch of one, in its type, and of its size', async () => {
    const code = `
import sys
from PIL import Image
for name, size in (('a.png', (8, 6)), ('b-large.png', (9, 6)), ('c.tiff', (8, 6))):
    Image.new('RGB', size, (10, 20, 30)).save(sys.argv[1] + '/' + name)
Image.new('L', (8, 6), 7).save(sys.argv[1] + '/d-grey.png')
`;
    scoring.write('colours/a.png', '');
    scoring.run(code, join(scoring.host.folder, 'colours'));
    const { rows, failed } = await scoring.scoreFolder('colours', join(scoring.host.folder, 'colours'));
    expect(rows).toBe('10.0,20.0,30.0,a.png\n10.0,20.0,30.0,c.tiff\n');
    const fits = "which does not fit the tensor of the model's signature, float32 (-1, 6, 8, 3)";
    expect(failed).toEqual({
      'b-large.png': `FileInvalid b-large.png: the image has the shape (1, 6, 9, 3), ${fits}`,
      'd-grey.png': `FileInvalid d-grey.png: the image has the shape (6, 8), ${fits}`,
    });
  });

  test('of an image have eight bits for each channel, whatever form its file has', async () => {
    const code = `
import numpy, sys
from PIL import Image
folder = sys.argv[1] + '/'
Image.new('1', (8, 6), 1).save(folder + 'bits.png')
Image.fromarray(numpy.full((6, 8), 51200, dtype='uint16')).save(folder + 'deep.png')
palette = Image.new('P', (8, 6), 1)
palette.putpalette([0, 0, 0, 90, 90, 90])
palette.save(folder + 'palette.gif')
Image.new('CMYK', (8, 6), (0, 0, 0, 0)).save(folder + 'print.jpg')
Image.fromarray(numpy.ones((6, 8), dtype='float32')).save(folder + 'real.tiff')
`;
    scoring.write('forms/bits.png', '');
    scoring.run(code, join(scoring.host.folder, 'forms'));
    const { rows, failed } = await scoring.scoreFolder('image', join(scoring.host.folder, 'forms'));
    expect(rows).toBe('255.0,bits.png\n200.0,deep.png\n90.0,palette.gif\n255.0,print.jpg\n');
    expect(failed).toEqual({
      'real.tiff':
        'FileInvalid real.tiff: the image has values of type float32, and only 8 or 16 bits are read',
    });
  });
});
