import { execFile } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { VirtualEnvironments } from '../../shared/scoring/virtualEnvironments';
import type { Bench, BenchContext, Figure } from '../figure';
import { onHost, spread, timed, timedJob } from '../job/measure';
import { timeBound } from '../measuring/lowerBound';
import { timeOfEnded } from '../measuring/processorTime';
import { ProductHost } from '../product/productHost';
import { deployModel } from './deployModel';
import { imageLoop, imageScript, materialScript, tableLoop } from './material';
import { WorkerMemory } from './workerMemory';

const run = promisify(execFile);

/** How much is scored. */
const sizes = { tables: 4, rowsEach: 250_000, images: 2_000, largeBytes: 1e9 };

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
export const scoring: Bench = {
  name: 'scoring',
  what: 'tables and images: MLflow and ONNX models against loops in Python and mlflow models predict',
  minutes: 4,
  measure: async (context) => {
    const python = await packagesPython(context.say);
    return onHost(new ProductHost({ BATCHPOINT_PYTHON: python }), async (host) => {
      const folder = join(host.folder, 'material');
      mkdirSync(folder);
      context.say('Making tables, images and models ...');
      const { tables, rowsEach, largeBytes, images } = sizes;
      const counts = [tables, rowsEach, largeBytes, images].map(String);
      await run(python, [host.write('material.py', materialScript), folder, ...counts]);
      const bench = new ScoringBench(host, python, folder, context);
      await bench.deploy();
      return [...(await bench.tables()), ...(await bench.images()), ...(await bench.memory())];
    });
  },
};

/** The environment of the loops, kept between runs beside those of the tests. */
async function packagesPython(say: (text: string) => void): Promise<string> {
  const folder = join(process.cwd(), 'node_modules/.cache/batchpoint/environments');
  return new VirtualEnvironments(folder, 'python3').python({ lines: packages }, say);
}

/** What a way took: milliseconds, and those of the processor in what scored. */
interface Taken {
  readonly time: number;
  readonly scorers: number;
}

/** A way to score all of an input. */
type Way = readonly [id: string, what: string, work: () => Promise<Taken>];

class ScoringBench {
  constructor(
    private readonly host: ProductHost,
    private readonly python: string,
    private readonly folder: string,
    private readonly context: BenchContext,
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

  async tables(): Promise<Figure[]> {
    const rows = sizes.tables * sizes.rowsEach;
    const input = join(this.folder, 'tables');
    return this.compare(
      { id: 'tables', what: `${rows.toLocaleString('en')} rows of CSV`, unit: 'rows', count: rows },
      [
        [
          'loop-sklearn',
          'a loop in Python, scikit-learn',
          () => this.loop(tableLoop, ['sklearn', join(this.folder, 'sklearn'), input]),
        ],
        ['mlflow-predict', 'mlflow models predict', () => this.mlflowPredict(input)],
        ['mlflow', 'here, scikit-learn as MLflow model', () => this.job('sklearn', input)],
        [
          'loop-onnx',
          'a loop in Python, ONNX',
          () => this.loop(tableLoop, ['onnx', join(this.folder, 'onnx'), input]),
        ],
        ['onnx', 'here, ONNX in Node', () => this.job('onnx', input)],
      ],
    );
  }

  async images(): Promise<Figure[]> {
    const input = join(this.folder, 'images');
    const what = `${sizes.images.toLocaleString('en')} images of 224x224`;
    return this.compare({ id: 'images', what, unit: 'images', count: sizes.images }, [
      [
        'loop-onnx',
        'a loop in Python, ONNX',
        () => this.loop(imageLoop, [join(this.folder, 'network'), input]),
      ],
      ['script', 'here, a script in Python, ONNX', () => this.job('script', input)],
      ['onnx', 'here, ONNX in Node', () => this.job('network', input)],
    ]);
  }

  /** The memory of the process that scores one large table, at its highest. */
  async memory(): Promise<Figure[]> {
    const input = join(this.folder, 'large');
    const figures: Figure[] = [];
    for (const [endpoint, what] of [
      ['sklearn', 'scikit-learn as MLflow model'],
      ['onnx', 'ONNX in Node'],
    ] as const) {
      this.context.say(`Measuring: memory, one large table, ${what} ...`);
      const small = await this.memoryOf(endpoint, join(this.folder, 'tables', 'part-000.csv'));
      const large = await this.memoryOf(endpoint, input);
      figures.push({
        id: `memory-${endpoint}`,
        what: `memory of the worker, a table of ${(sizes.largeBytes / 1e9).toFixed(1)} GB, ${what}`,
        unit: 'MB',
        least: large.megabytes,
        median: large.megabytes,
        bound: {
          value: small.megabytes,
          unit: 'MB',
          ratio: large.megabytes / small.megabytes,
          from: `a table of ${sizes.rowsEach.toLocaleString('en')} rows`,
        },
        from: `${(large.time / 1000).toFixed(0)} s`,
        raw: { megabytes: [large.megabytes], milliseconds: [large.time] },
      });
    }
    return figures;
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
  private async compare(
    { id, what, unit, count }: { id: string; what: string; unit: string; count: number },
    ways: readonly Way[],
  ): Promise<Figure[]> {
    const { rounds = 3, disk, say } = this.context;
    const taken = ways.map((): Taken[] => []);
    for (let round = 0; round < rounds; round++) {
      for (const [i, [, name, work]] of ways.entries()) {
        say(`Measuring: ${what}, ${name}, round ${round + 1} ...`);
        taken[i]?.push(await work());
      }
    }
    const base = taken[0]?.map(({ time }) => time) ?? [];
    return ways.map(([way, name], i) => {
      const times = taken[i]?.map(({ time }) => time) ?? [];
      const scorers = taken[i]?.map(({ scorers: used }) => used) ?? [];
      const ratios = times.map((time, round) => time / (base[round] ?? Number.NaN));
      const { median } = spread(times);
      return {
        id: `${id}-${way}`,
        what: `${what}: ${name}`,
        unit: 's',
        ...spread(times),
        bound: timeBound(median, { scorers: spread(scorers).median, processes }, disk),
        from: `${spread(ratios).median.toFixed(2)} x the first; ${Math.round((1000 * count) / median).toLocaleString('en')} ${unit}/s`,
        raw: { milliseconds: times, scorerMilliseconds: scorers },
      };
    });
  }

  private async job(endpoint: string, input: string): Promise<Taken> {
    const variables = { environmentVariables: { ROUND: String(performance.now()) } };
    const { time, scorers, job } = await timedJob(this.host, endpoint, input, variables);
    const { filesFailed } = job.properties.progress;
    if (filesFailed !== 0) throw new Error(`${String(filesFailed)} files failed in ${endpoint}.`);
    return { time, scorers };
  }

  private loop(script: string, args: readonly string[]): Promise<Taken> {
    const file = this.host.write('loop.py', script);
    const output = join(this.folder, 'loop.csv');
    return ofOthers(() => run(this.python, [file, ...args, String(processes), output]));
  }

  /** One call for each table, as many at once as the others have processes. */
  private mlflowPredict(input: string): Promise<Taken> {
    const mlflow = join(this.python, '..', 'mlflow');
    const one = `'${mlflow}' models predict -m '${join(this.folder, 'sklearn')}' --env-manager local -t csv -i "$1" -o "$1.json"`;
    const all = `ls '${input}'/*.csv | xargs -P ${processes} -n 1 bash -c '${one.replaceAll("'", `'\\''`)}' _ && rm '${input}'/*.json`;
    return ofOthers(() => run('bash', ['-c', all], { maxBuffer: 2 ** 26 }));
  }
}

/** What a way took that is done by programs of its own. */
async function ofOthers(work: () => Promise<unknown>): Promise<Taken> {
  const before = timeOfEnded();
  const time = await timed(work);
  return { time, scorers: timeOfEnded() - before };
}
