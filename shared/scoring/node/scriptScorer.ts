import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { WorkerSetup } from '../workerMessages';
import { blockLines } from './blockLines';
import { elementColumns } from './elementColumns';
import { offerOwnPackage } from './ownPackage';
import { elementsOf, rowsOf } from './results';
import { tellPlace } from './syntaxErrorPlace';
import type { Scored, WorkerScorer } from './workerScorer';
import { writeAll } from './writeAll';

/** What a script exports, by names or as one object. */
interface ScriptExports {
  readonly init?: unknown;
  readonly run?: unknown;
  readonly shutdown?: unknown;
}

/** The script has no function run(). */
export class ScriptWithoutRun extends Error {}

/** Loads the script of the user, in the code folder. */
export async function loadScript(setup: WorkerSetup): Promise<WorkerScorer> {
  process.chdir(setup.folder);
  offerOwnPackage();
  const script = withRun(await load(pathToFileURL(join(setup.folder, setup.script)).href));
  return new ScriptScorer(script, setup);
}

async function load(url: string): Promise<ScriptExports> {
  try {
    return (await import(url)) as ScriptExports;
  } catch (error) {
    throw error instanceof SyntaxError ? tellPlace(error, url) : error;
  }
}

/** The object that has run(): the module, or what it exports by default, as CommonJS does. */
function withRun(module: ScriptExports & { readonly default?: unknown }): ScriptExports & { run: Run } {
  for (const candidate of [module, module.default]) {
    if (typeof candidate === 'object' && candidate !== null && hasRun(candidate)) return candidate;
  }
  throw new ScriptWithoutRun();
}

type Run = (paths: readonly string[]) => unknown;

function hasRun(candidate: ScriptExports): candidate is ScriptExports & { run: Run } {
  return typeof candidate.run === 'function';
}

/** Scores with a script of the user. */
class ScriptScorer implements WorkerScorer {
  constructor(
    private readonly script: ScriptExports & { run: Run },
    private readonly setup: Pick<WorkerSetup, 'summary_only' | 'rows'>,
  ) {}

  begin(): void {
    // Scripts are given whole paths.
  }

  init(): unknown {
    return this.call('init');
  }

  shutdown(): unknown {
    return this.call('shutdown');
  }

  run(paths: readonly string[]): Scored | Promise<Scored> {
    const result = this.script.run(paths);
    return isThenable(result) ? this.later(result, paths.length) : this.scored(result, paths.length);
  }

  private async later(result: PromiseLike<unknown>, files: number): Promise<Scored> {
    return this.scored(await result, files);
  }

  private scored(result: unknown, files: number): Scored {
    const elements = elementsOf(result);
    const count = elements.length;
    if (this.setup.summary_only) return { count, rowCount: 0, failures: [], writeRows: () => 0 };
    const pieces = this.setup.rows === 'blocks' ? blocksOf(elements, files) : [rowsOf(elements)];
    const writeRows = (descriptor: number): number => {
      let bytes = 0;
      for (const piece of pieces) {
        writeAll(descriptor, piece);
        bytes += piece.length;
      }
      return bytes;
    };
    return { count, rowCount: count, failures: [], writeRows };
  }

  private call(name: 'init' | 'shutdown'): unknown {
    const action = this.script[name];
    return typeof action === 'function' ? (action as () => unknown).call(this.script) : undefined;
  }
}

/** Elements are of the files in their order where there are as many of both: else it cannot be told. */
function blocksOf(elements: ArrayLike<unknown>, files: number): Iterable<Buffer> {
  const { open, ...rows } = elementColumns(elements);
  const place = elements.length === files ? { file: 0, each: true } : { file: null, each: false };
  return blockLines(rows, { ...place, row: 0, open });
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as { then?: unknown } | undefined | null)?.then === 'function';
}
