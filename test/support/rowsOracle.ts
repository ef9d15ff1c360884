import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ProductHost } from '../../bench/product/productHost';

/** Scores with awkward values: floats, quotes, newlines, Unicode, None; some mini-batches fail, some now and then. */
export const awkwardScript = `
import os, time
import numpy
import pandas

def table(paths):
    numbers = [int(open(path).read()) for path in paths]
    return pandas.DataFrame({
        'name': [os.path.basename(path) for path in paths],
        'float': [n / 7 for n in numbers],
        'tiny': [1e-320 * n for n in numbers],
        'text': [['plain', 'two words', 'a "quote"', 'line\\nbreak', 'ünï 😀', '', None][n % 7] for n in numbers],
        'whole': [n * 10**12 for n in numbers],
        'maybe': [None if n % 3 else n for n in numbers],
        'time': pandas.to_datetime([n * 10**9 for n in numbers], unit='s'),
        'bool': [n % 2 == 0 for n in numbers],
    })

def run(mini_batch):
    time.sleep(float(os.environ.get('SLOW', '0')))
    first = int(open(mini_batch[0]).read())
    marker = os.environ.get('DIES') and os.path.join(os.environ['DIES'], str(first))
    if marker and first % 55 == 5 and not os.path.exists(marker):
        open(marker, 'w').close()
        os.kill(os.getpid(), 9)
    if first % 35 == 0:
        raise ValueError('this one always fails')
    kind = (first // 5) % 4
    frame = table(mini_batch)
    if kind == 0:
        return frame
    if kind == 1:
        return frame['float']
    if kind == 2:
        return list(frame.itertuples(index=False))
    return numpy.array(frame['whole'])
`;

/** The oracle: a bare loop that writes what Azure documents, with pandas' own to_csv. */
const bareLoop = `
import sys
sys.path.insert(0, sys.argv[1])
import glob
import pandas
import score

files = sorted(glob.glob(sys.argv[2] + '/*'))
size = int(sys.argv[3])
with open(sys.argv[4], 'w', newline='') as output:
    for start in range(0, len(files), size):
        try:
            result = score.run(files[start:start + size])
        except ValueError:
            continue
        if isinstance(result, pandas.DataFrame):
            result.to_csv(output, sep=' ', header=False, index=False)
        else:
            for element in result:
                output.write(str(element) + '\\n')
`;

/** What the bare loop writes for a folder of inputs, with the script of an endpoint that the host has. */
export function oracleRows(
  host: ProductHost,
  python: string,
  { endpoint, input, miniBatchSize }: { endpoint: string; input: string; miniBatchSize: number },
): string {
  const output = join(host.folder, 'oracle.txt');
  const oracle = host.write('oracle.py', bareLoop);
  execFileSync(python, [oracle, join(host.folder, `code-${endpoint}`), input, String(miniBatchSize), output]);
  return readFileSync(output, 'utf8');
}
