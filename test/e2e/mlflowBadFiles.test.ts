import { join } from 'node:path';
import { MlflowHost, type Scored } from '../support/mlflowHost';

/** Writes Parquet files and images that are whole, and some that are not. */
const writeFiles = `
import numpy, os, pandas, sys
from PIL import Image
folder = sys.argv[1]
for one in ('/tables', '/images'):
    os.makedirs(folder + one)

def cut(name):
    path = os.path.join(folder, name)
    data = open(path, 'rb').read()
    open(path, 'wb').write(data[: len(data) // 2])

rows = pandas.DataFrame({'age': [20, 35], 'rate': [0.5, 1.5], 'kind': ['fixed', 'normal']})
rows.to_parquet(folder + '/tables/a-good.parquet')
rows.assign(age=[20, None]).to_parquet(folder + '/tables/b-gap.parquet')
rows.assign(rate=['0.5', 'high']).to_parquet(folder + '/tables/c-text.parquet')
rows.assign(kind=[['fixed'], ['normal', 'fixed']]).to_parquet(folder + '/tables/c-lists.parquet')
rows.drop(columns=['kind']).to_parquet(folder + '/tables/d-missing.parquet')
rows.to_parquet(folder + '/tables/e-half.parquet')
cut('tables/e-half.parquet')
large = pandas.DataFrame({'age': range(100000), 'rate': numpy.arange(100000) / 7, 'kind': 'fixed'})
large.to_parquet(folder + '/tables/f-damaged.parquet', row_group_size=60000)
with open(folder + '/tables/f-damaged.parquet', 'r+b') as file:
    size = file.seek(0, 2)
    file.seek(size * 2 // 3)
    file.write(b'\\xff' * 5000)
rows.to_parquet(folder + '/tables/z-good.pqt')

noise = numpy.random.default_rng(0).integers(0, 255, (60, 80, 3)).astype('uint8')
for name in ('a-good.png', 'b-half.png', 'c-half.jpg'):
    Image.fromarray(noise).save(folder + '/images/' + name)
cut('images/b-half.png')
cut('images/c-half.jpg')
`;

const header = 'age,rate,kind\n';

describe('a file that an MLflow model cannot score', () => {
  let scoring: MlflowHost;

  beforeAll(async () => {
    scoring = await MlflowHost.start();
    scoring.run(writeFiles, scoring.host.folder);
  });

  afterAll(() => scoring.close());

  describe('as CSV', () => {
    const files: Record<string, [content: string | Buffer, message: string]> = {
      'empty.csv': ['', 'the file is empty, and a CSV file begins with a line that names its columns'],
      'missing.csv': [
        'age,kind\n20,fixed\n',
        "the column 'rate' of the model's signature is missing. The header in line 1 is: 'age,kind'",
      ],
      'semicolons.csv': [
        '\nage;rate;kind\n20;0.5;fixed\n',
        "the columns 'age', 'rate', 'kind' of the model's signature are missing. The header in line 2 is: 'age;rate;kind'. Its fields seem to be separated by semicolons: commas are needed",
      ],
      'text.csv': [
        `${header}20,0.5,fixed\nold,0.5,fixed\n`,
        "line 3, column 'age': 'old', which is no whole number, as the model's signature wants it (long)",
      ],
      'far.csv': [
        `${header}20,0.5,"two\nlines"\n\n"35",1.5,"and ""three""\r\nmore\nlines"\r\n50,much,fixed\n`,
        "line 8, column 'rate': 'much', which is no number, as the model's signature wants it (double)",
      ],
      'later.csv': [
        `${header}${'20,0.5,fixed\n'.repeat(60_000)}20,x,fixed\n`,
        "line 60002, column 'rate': 'x', which is no number, as the model's signature wants it (double)",
      ],
      'half.csv': [
        `${header}20,0.5,fixed\n20.5,0.5,fixed\n`,
        "line 3, column 'age': '20.5', which is no whole number, as the model's signature wants it (long)",
      ],
      'gap.csv': [
        `${header}20,0.5,fixed\n,0.5,fixed\n`,
        "line 3, column 'age': there is no value, and the model's signature wants one (long). Whole numbers cannot be missing: where they may be, the signature is to be of double",
      ],
      'truths.csv': [
        `${header}1,False,fixed\n20,True,fixed\n`,
        "line 2, column 'rate': 'False', which is no number, as the model's signature wants it (double)",
      ],
      'huge.csv': [
        `${header}9223372036854775808,0.5,fixed\n`,
        "line 2, column 'age': 9223372036854775808, which is too large for long",
      ],
      'short.csv': [
        `${header}20,0.5,fixed\n20,0.5\n`,
        "line 3 has 2 fields for 3 columns. The header in line 1 is: 'age,rate,kind'",
      ],
      'long.csv': [
        `${header}20,0.5,fixed,1\n`,
        "line 2 has 4 fields for 3 columns. The header in line 1 is: 'age,rate,kind'",
      ],
      'open.csv': [
        `${header}20,0.5,fixed\n20,0.5,"fixed\n35,1.5,normal\n`,
        'line 3: a quoted field begins here that is never closed',
      ],
      'returns.csv': [
        `${header}20,0.5,fixed\r35,1.5,normal\n`,
        'line 2: a carriage return that no line feed follows. Lines end in LF or CRLF',
      ],
      'latin.csv': [
        Buffer.from(`${header}20,0.5,fixed\n20,0.5,fix\u00e9\n`, 'latin1'),
        'line 3, byte 11 is 0xE9, which is no UTF-8, as CSV files are read: is the file Latin-1 or Windows-1252? Save it as UTF-8, for example with: iconv -f WINDOWS-1252 -t UTF-8',
      ],
      'wide.csv': [
        Buffer.from(`\ufeff${header}20,0.5,fixed\n`, 'utf16le'),
        'the file is UTF-16, and CSV files are read as UTF-8 text: save it as UTF-8',
      ],
    };
    let scored: Scored;

    beforeAll(async () => {
      const good = { 'a-good.csv': `${header}20,0.5,fixed\n`, 'z-good.csv': `${header}65,3.5,reversible\n` };
      const bad = Object.entries(files).map(([name, [content]]) => [name, content] as const);
      scored = await scoring.score('table', { ...good, ...Object.fromEntries(bad) });
    });

    test('fails alone, and its neighbours have their rows', () => {
      expect(scored.rows).toBe('0,0,a-good.csv\n0,1,z-good.csv\n');
      expect(scored.job.properties).toMatchObject({
        status: 'Completed',
        progress: { filesFailed: Object.keys(files).length, miniBatchesFailed: 0 },
      });
    });

    test('has no traceback, which would show nothing of it', () => {
      const failures = scored.job.properties.failures ?? [];
      expect(failures.length).toBeGreaterThan(0);
      expect(failures.map(({ traceback }) => traceback)).toEqual(failures.map(() => undefined));
    });

    test.each(Object.keys(files))('is named with what is wrong with it, and where: %s', (name) => {
      expect(scored.failed[name]).toBe(`FileInvalid ${name}: ${files[name]?.[1]}`);
    });
  });

  test('is read where it is only unusual: a byte order mark, CRLF, quotes in the middle, nothing but a header', async () => {
    const { rows, failed } = await scoring.score('table', {
      'bom.csv': `\ufeffage,rate,kind\r\n20,0.5,fixed\r\n65,3.5,reversible`,
      'header.csv': header,
      'inches.csv': `${header}20,0.5,5" disk\n65,3.5,say "reversible"\n`,
      'whole.csv': `${header}20.0,0.5,fixed\n6.5e1,3.5,reversible\n`,
    });
    expect(failed).toEqual({});
    expect(rows).toBe(
      ['bom.csv', 'inches.csv', 'whole.csv'].map((name) => `0,0,${name}\n1,1,${name}\n`).join(''),
    );
  });

  test('is named with its row where it is Parquet, also one that is cut in half or damaged', async () => {
    const { rows, failed } = await scoring.scoreFolder('table', join(scoring.host.folder, 'tables'));
    expect(rows).toBe(['a-good.parquet', 'z-good.pqt'].map((name) => `0,0,${name}\n1,0,${name}\n`).join(''));
    expect(failed['b-gap.parquet']).toMatch(
      /^FileInvalid b-gap\.parquet: row 1, column 'age': there is no value/,
    );
    expect(failed['c-text.parquet']).toContain("row 1, column 'rate': 'high', which is no number");
    expect(failed['c-lists.parquet']).toContain(
      "row 0, column 'kind': ['fixed'], which is no text, as the model's signature wants it (string)",
    );
    expect(failed['d-missing.parquet']).toContain(
      "the column 'kind' of the model's signature is missing. The file has: 'age, rate'",
    );
    expect(failed['e-half.parquet']).toContain('the file is no Parquet file, or not all of one');
    expect(failed['f-damaged.parquet']).toContain('the file cannot be read to its end');
    expect(Object.keys(failed)).toHaveLength(6);
  });

  test('is an image that is cut in half', async () => {
    const { rows, failed } = await scoring.scoreFolder('image', join(scoring.host.folder, 'images'));
    expect(rows).toMatch(/^[\d.]+,a-good\.png\n$/);
    expect(failed['b-half.png']).toMatch(/^FileInvalid b-half\.png: the file is no image that can be read/);
    expect(failed['c-half.jpg']).toMatch(/^FileInvalid c-half\.jpg: the file is no image that can be read/);
  });
});
