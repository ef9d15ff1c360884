import { failure, isFailure, type BatchpointError } from '../../errors/batchpointError';
import type { PythonRequirements } from '../../registry/pythonRequirements';
import { suitsPython } from '../../registry/pythonVersion';
import { supportedPython, type BasePython } from './basePython';
import { condaPython } from './condaPython';
import type { Installer, Installers } from './installers';
import type { MachinePythons } from './machinePythons';

/** What the choice of a Python is made with. */
export interface ChoiceContext {
  readonly pythons: MachinePythons;
  readonly installers: Installers;
  readonly variables: NodeJS.ProcessEnv;
  /** Whether another Python than the one that is asked for will do. */
  readonly anyPython: boolean;
}

/** Where the Python of an environment comes from. The warning says where it is not the one that is asked for. */
export type PythonChoice = { readonly warning?: string } & (
  | { readonly kind: 'machine'; readonly python: BasePython }
  | { readonly kind: 'conda'; readonly conda: Installer; readonly python: string }
);

/**
 * Chooses the Python of an environment: that of conda where conda packages are asked for; else the preferred one of this
 * machine where it suits, else another that does, else that which conda brings. Fails with `PythonMissing`,
 * `PythonTooOld`, `PythonVersionMissing`.
 */
export async function choosePython(
  { python: wanted, condaPackages = [] }: PythonRequirements,
  context: ChoiceContext,
): Promise<PythonChoice> {
  const { conda, uv } = context.installers;
  const brought = condaPython(wanted);
  if (conda !== undefined && condaPackages.length > 0) {
    if (brought !== undefined) return { kind: 'conda', conda, python: brought };
    const found = [`what ${conda.name} installs`];
    const warning = mismatch(wanted ?? '', found, context, `Python ${supportedPython} of ${conda.name}`);
    return { kind: 'conda', conda, python: `python${supportedPython}`, warning };
  }
  const base = await baseOrFailure(context.pythons);
  if (isFailure(base)) {
    // Whoever names an interpreter does not mean another one.
    const isNamed = (context.variables['BATCHPOINT_PYTHON'] ?? '') !== '';
    if (wanted === undefined || isNamed) throw base;
  } else if (wanted === undefined || suitsPython(wanted, base.version)) {
    return { kind: 'machine', python: base };
  }
  const all = await context.pythons.all(uv);
  const suiting = all.filter(({ version }) => suitsPython(wanted, version));
  const python = suiting.find(({ version }) => version === wanted) ?? suiting[0];
  if (python !== undefined) return { kind: 'machine', python };
  if (conda !== undefined && brought !== undefined) return { kind: 'conda', conda, python: brought };
  if (isFailure(base)) throw base;
  const found = all.map(({ version, executable }) => `${version} (${executable})`);
  const warning = mismatch(wanted, found, context, `Python ${base.version} of this machine`);
  return { kind: 'machine', python: base, warning };
}

async function baseOrFailure(pythons: MachinePythons): Promise<BasePython | BatchpointError> {
  try {
    return await pythons.base();
  } catch (error) {
    if (isFailure(error)) return error;
    throw error;
  }
}

/** The warning of an environment that is made with another Python, or `PythonVersionMissing` where none will do. */
function mismatch(
  wanted: string,
  found: readonly string[],
  { anyPython, installers }: ChoiceContext,
  instead: string,
): string {
  if (anyPython) return `The environment asks for Python ${wanted}; it is made with ${instead}.`;
  throw failure('PythonVersionMissing', {
    wanted,
    found: found.join(', '),
    install: installAdvice(wanted, installers),
  });
}

function installAdvice(wanted: string, { uv }: Installers): string {
  const isExact = /^\d+(?:\.\d+)+$/.test(wanted);
  if (isExact && !suitsPython(supportedPython, wanted)) {
    return 'ask for Python 3.10 or later in the definition and install it, as scoring works with no older one';
  }
  const byUv = uv !== undefined && isExact ? ` ('uv python install ${wanted}' does that)` : '';
  return `install it${byUv}, so that it is on PATH or named in BATCHPOINT_PYTHON`;
}
