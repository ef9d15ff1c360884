import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { packagesPython } from '../support/pythonPackages';

const folder = join(__dirname, '../../shared/scoring/python');

test('the rows of a model without a script are blocks of their files, without those of a file that failed', async () => {
  const script = `
import sys
sys.path.insert(0, ${JSON.stringify(folder)})
import pandas
from row_sink import open_sink
sink = open_sink({"summary_only": False, "rows": "blocks"}, ["a.csv", "b.csv"], None)
sink.add(pandas.DataFrame({"prediction": [0.5, None]}), 0, 10)
mark = sink.mark()
sink.add(pandas.DataFrame({"prediction": [1.5]}), 1, 0)
sink.take_back(mark)
sink.add(pandas.DataFrame({"prediction": ["cat"]}), 1, None)
sys.stdout.buffer.write(b"".join(sink.pieces()))
`;
  const lines = execFileSync(await packagesPython(), ['-c', script])
    .toString()
    .trimEnd()
    .split('\n');
  expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
    {
      columns: [{ name: 'prediction', type: 'double' }],
      values: [[0.5, null]],
      ...{ count: 2, row: 10, file: 0, each: false, open: false },
    },
    {
      columns: [{ name: 'prediction', type: 'string' }],
      values: [['cat']],
      ...{ count: 1, row: 0, file: 1, each: false, open: false },
    },
  ]);
});
