import { createHash } from 'node:crypto';
import type { PythonRequirements } from '../../registry/pythonRequirements';
import { askPython, type BasePython } from './basePython';
import { choosePython, type ChoiceContext } from './choosePython';
import type { Installer } from './installers';

/** What pip, or uv in its place, installs: first what others are built with. */
export interface PipPart {
  readonly lines: readonly string[];
  readonly buildLines: readonly string[];
}

/** An interpreter that is used as it is: nothing is to be installed. */
export interface PlainPlan {
  readonly kind: 'plain';
  readonly python: BasePython;
}

/** A virtual environment of an interpreter, filled by uv or pip. */
export interface VenvPlan {
  readonly kind: 'venv';
  readonly python: BasePython;
  readonly uv: Installer | undefined;
  readonly pip: PipPart;
  /** Names the environment among all of this machine: the same content has the same key. */
  readonly key: string;
}

/** An environment of conda, which brings its Python. */
export interface CondaPlan {
  readonly kind: 'conda';
  readonly conda: Installer;
  readonly channels: readonly string[];
  /** What conda installs, Python first. */
  readonly packages: readonly string[];
  readonly uv: Installer | undefined;
  readonly pip: PipPart;
  readonly key: string;
}

/** How the environment of a definition is made on this machine, and where that differs from what is asked for. */
export type EnvironmentPlan = (PlainPlan | VenvPlan | CondaPlan) & { readonly warnings: readonly string[] };

/** Decides how an environment is made: which Python, which installer, and what is left out. Fails as `choosePython`. */
export async function planEnvironment(
  requirements: PythonRequirements | undefined,
  context: ChoiceContext,
): Promise<EnvironmentPlan> {
  const {
    interpreter,
    lines,
    buildLines = [],
    condaPackages = [],
    channels = [],
  } = requirements ?? { lines: [] };
  if (interpreter !== undefined) {
    return { kind: 'plain', python: await askPython(interpreter, context.variables), warnings: [] };
  }
  const { uv, conda } = context.installers;
  const choice = await choosePython(requirements ?? { lines: [] }, context);
  const pip = { lines, buildLines };
  const warnings = choice.warning === undefined ? [] : [choice.warning];
  if (choice.kind === 'conda') {
    const packages = [choice.python, 'pip', ...condaPackages];
    const key = keyOf(['conda', channels, packages, lines, buildLines]);
    return { kind: 'conda', conda: choice.conda, channels, packages, uv, pip, key, warnings };
  }
  if (condaPackages.length > 0 && conda === undefined) warnings.push(leftOut(condaPackages));
  const { python } = choice;
  if (lines.length + buildLines.length === 0) return { kind: 'plain', python, warnings };
  const key = keyOf([
    python.executable,
    python.version,
    lines,
    ...(buildLines.length > 0 ? [buildLines] : []),
  ]);
  return { kind: 'venv', python, uv, pip, key, warnings };
}

/** The interpreter of another machine may lie at the same place: its version is in the key of what is made with it. */
function keyOf(content: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 24);
}

function leftOut(packages: readonly string[]): string {
  return `Of the environment, these conda packages are not installed, as this machine has neither mamba nor micromamba nor conda: ${packages.join(', ')}.`;
}
