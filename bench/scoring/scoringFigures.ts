import { execFile } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { VirtualEnvironments } from '../../shared/scoring/virtualEnvironments';
import { spread, timed, timedJob } from '../job/measure';
import { ProductHost } from '../product/productHost';
import type { Row } from '../report';
import { deployModel } from './deployModel';
import { imageLoop, imageScript, materialScript, tableLoop } from './material';
import { WorkerMemory } from './workerMemory';

const run = promisify(execFile);

/** How much is scored. */
export interface ScoringSizes {
  readonly tables: number;
  readonly rowsEach: number;
  readonly images: number;
  readonly largeBytes: number;
  readonly rounds: number;
}

/** Packages of the models and of the loops, in one environment. */
const packages = [
  'mlflow',
  'scikit-learn',
  'pandas',
  'pillow',
  'onnx',
  'onnxruntime',
  'skl2onnx',
  'cloudpickle',
];

/** Processes of the loops, and lanes of the jobs. */
const processes = 2;

/**
 * Rows and images a second: here, with the models as MLflow and as ONNX, against `mlflow models predict` and against
 * plain loops in Python, all over the same files. Then the memory of a worker that scores one large table.
 */
export async function scoringFigures(sizes: ScoringSizes, say: (text: string) => void): Promise<Row[]> {
  const python = await packagesPython(say);
  const host = new ProductHost({ BATCHPOINT_PYTHON: python });
  try {
    await host.start();
    const folder = join(host.folder, 'material');
    mkdirSync(folder);
    say('Making tables, images and models ...');
    const { tables, rowsEach, largeBytes, images } = sizes;
    const counts = [tables, rowsEach, largeBytes, images].map(String);
    await run(python, [host.write('material.py', materialScript), folder, ...counts]);
    const bench = new ScoringBench(host, python, folder, sizes, say);
    await bench.deploy();
    return [...(await bench.tables()), ...(await bench.images()), ...(await bench.memory())];
  } finally {
    await host.close();
  }
}

/** The environment of the loops, kept between runs beside those of the tests. */
async function packagesPython(say: (text: string) => void): Promise<string> {
  const folder = join(process.cwd(), 'node_modules/.cache/batchpoint/environments');
  return new VirtualEnvironments(folder, 'python3').python({ lines: packages }, say);
}

/** A way to score all of an input, in milliseconds. */
type Way = readonly [what: string, work: () => Promise<number>];

class ScoringBench {
  constructor(
    private readonly host: ProductHost,
    private readonly python: string,
    private readonly folder: string,
    private readonly sizes: ScoringSizes,
    private readonly say: (text: string) => void,
  ) {}

  async deploy(): Promise<void> {
    const settings = { miniBatchSize: 1, resources: { instanceCount: processes } };
    const long = { ...settings, retrySettings: { timeout: 'PT30M' } };
    const model = (name: string): string => join(this.folder, name);
    await deployModel(this.host, 'sklearn', { model: model('sklearn'), settings: long });
    await deployModel(this.host, 'onnx', { model: model('onnx'), settings: long });
    const images = { ...settings, miniBatchSize: 50 };
    await deployModel(this.host, 'network', { model: model('network'), settings: images });
    await deployModel(this.host, 'script', {
      model: model('network'),
      script: imageScript,
      settings: images,
    });
  }

  async tables(): Promise<Row[]> {
    const rows = this.sizes.tables * this.sizes.rowsEach;
    const input = join(this.folder, 'tables');
    return this.compare(`${rows.toLocaleString('en')} rows of CSV`, 'rows', rows, [
      [
        'a loop in Python, scikit-learn',
        () => this.loop(tableLoop, ['sklearn', join(this.folder, 'sklearn'), input]),
      ],
      ['mlflow models predict', () => this.mlflowPredict(input)],
      ['here, scikit-learn as MLflow model', () => this.job('sklearn', input)],
      ['a loop in Python, ONNX', () => this.loop(tableLoop, ['onnx', join(this.folder, 'onnx'), input])],
      ['here, ONNX in Node', () => this.job('onnx', input)],
    ]);
  }

  async images(): Promise<Row[]> {
    const input = join(this.folder, 'images');
    return this.compare(
      `${this.sizes.images.toLocaleString('en')} images of 224x224`,
      'images',
      this.sizes.images,
      [
        ['a loop in Python, ONNX', () => this.loop(imageLoop, [join(this.folder, 'network'), input])],
        ['here, a script in Python, ONNX', () => this.job('script', input)],
        ['here, ONNX in Node', () => this.job('network', input)],
      ],
    );
  }

  /** The memory of the process that scores one large table, at its highest. */
  async memory(): Promise<Row[]> {
    const input = join(this.folder, 'large');
    const rows: Row[] = [];
    for (const [endpoint, what] of [
      ['sklearn', 'scikit-learn as MLflow model'],
      ['onnx', 'ONNX in Node'],
    ] as const) {
      this.say(`Measuring: memory, one large table, ${what} ...`);
      const small = await this.memoryOf(endpoint, join(this.folder, 'tables', 'part-000.csv'));
      const large = await this.memoryOf(endpoint, input);
      rows.push({
        what: `memory of the worker, a table of ${(this.sizes.largeBytes / 1e9).toFixed(1)} GB, ${what}`,
        goal: 'flat',
        least: '',
        median: `${large.megabytes} MB`,
        beside: `${small.megabytes} MB for a table of ${this.sizes.rowsEach.toLocaleString('en')} rows; ${(large.time / 1000).toFixed(0)} s`,
      });
    }
    return rows;
  }

  private async memoryOf(endpoint: string, input: string): Promise<{ megabytes: number; time: number }> {
    // Variables of its own make the processes of this job new ones.
    const variables = { environmentVariables: { FOR: `${endpoint}-${input}` } };
    const memory = new WorkerMemory(this.host.pid);
    try {
      const { time } = await timedJob(this.host, endpoint, input, variables);
      return { megabytes: memory.highest, time };
    } finally {
      memory.close();
    }
  }

  /** Goes through all ways in turn, round by round; the first one is what the others are compared with. */
  private async compare(what: string, unit: string, count: number, ways: readonly Way[]): Promise<Row[]> {
    const times = ways.map((): number[] => []);
    for (let round = 0; round < this.sizes.rounds; round++) {
      for (const [i, [name, work]] of ways.entries()) {
        this.say(`Measuring: ${what}, ${name}, round ${round + 1} ...`);
        times[i]?.push(await work());
      }
    }
    const base = times[0] ?? [];
    return ways.map(([name], i) => {
      const own = times[i] ?? [];
      const ratios = own.map((time, round) => time / (base[round] ?? Number.NaN));
      const least = spread(own).least / spread(base).least;
      const { median } = spread(own);
      return {
        what: `${what}: ${name}`,
        goal: '',
        least: `${least.toFixed(2)} x`,
        median: `${spread(ratios).median.toFixed(2)} x`,
        beside: `${Math.round((1000 * count) / median).toLocaleString('en')} ${unit}/s; ${(median / 1000).toFixed(2)} s`,
      };
    });
  }

  private async job(endpoint: string, input: string): Promise<number> {
    const variables = { environmentVariables: { ROUND: String(performance.now()) } };
    const { time, job } = await timedJob(this.host, endpoint, input, variables);
    const { filesFailed } = job.properties.progress;
    if (filesFailed !== 0) throw new Error(`${String(filesFailed)} files failed in ${endpoint}.`);
    return time;
  }

  private loop(script: string, args: readonly string[]): Promise<number> {
    const file = this.host.write('loop.py', script);
    const output = join(this.folder, 'loop.csv');
    return timed(() => run(this.python, [file, ...args, String(processes), output]));
  }

  /** One call for each table, as many at once as the others have processes. */
  private mlflowPredict(input: string): Promise<number> {
    const mlflow = join(this.python, '..', 'mlflow');
    const one = `'${mlflow}' models predict -m '${join(this.folder, 'sklearn')}' --env-manager local -t csv -i "$1" -o "$1.json"`;
    const all = `ls '${input}'/*.csv | xargs -P ${processes} -n 1 bash -c '${one.replaceAll("'", `'\\''`)}' _ && rm '${input}'/*.json`;
    return timed(() => run('bash', ['-c', all], { maxBuffer: 2 ** 26 }));
  }
}
