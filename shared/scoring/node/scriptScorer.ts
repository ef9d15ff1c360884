import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { WorkerSetup } from '../workerMessages';
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
  const script = withRun(await load(pathToFileURL(join(setup.folder, setup.script)).href));
  return new ScriptScorer(script, setup.summary_only);
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
    private readonly summaryOnly: boolean,
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
    return isThenable(result) ? this.later(result) : this.scored(result);
  }

  private async later(result: PromiseLike<unknown>): Promise<Scored> {
    return this.scored(await result);
  }

  private scored(result: unknown): Scored {
    const elements = elementsOf(result);
    const count = elements.length;
    if (this.summaryOnly) return { count, rowCount: 0, failures: [], writeRows: () => 0 };
    const rows = rowsOf(elements);
    const writeRows = (descriptor: number): number => {
      writeAll(descriptor, rows);
      return rows.length;
    };
    return { count, rowCount: count, failures: [], writeRows };
  }

  private call(name: 'init' | 'shutdown'): unknown {
    const action = this.script[name];
    return typeof action === 'function' ? (action as () => unknown).call(this.script) : undefined;
  }
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as { then?: unknown } | undefined | null)?.then === 'function';
}
