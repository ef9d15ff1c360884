import { withoutSecrets } from '../../shared/errors/withoutSecrets';
import type { EnvironmentPlan } from '../../shared/scoring/installing/environmentPlan';
import type { VirtualEnvironments, WantedEnvironment } from '../../shared/scoring/virtualEnvironments';

/** What is said of the environment of a deployment before anything is installed. */
export interface ShownPlan {
  /** What scores: Python, or Node, for which nothing is installed. */
  readonly runtime: 'python' | 'node';
  /** The Python that scores, and the one that is asked for where the definition says. */
  readonly python?: { readonly asked_for?: string; readonly version: string; readonly path?: string };
  /** The programs that install; missing where nothing is installed. */
  readonly installers?: readonly string[];
  readonly conda_packages?: readonly string[];
  /** The lines that pip, or uv in its place, is given. */
  readonly requirements?: readonly string[];
  /** Whether it is there already. */
  readonly is_made?: boolean;
  /** Where it differs from what is asked for. */
  readonly warnings?: readonly string[];
}

/** Says how an environment is made on this machine. Fails with `PythonVersionMissing`, as its jobs would. */
export async function shownPlan(
  environments: VirtualEnvironments,
  runtime: ShownPlan['runtime'],
  wanted: WantedEnvironment | undefined,
): Promise<ShownPlan> {
  if (runtime === 'node') return { runtime };
  const plan = await environments.plan(wanted);
  const { warnings } = plan;
  const python = {
    ...(wanted?.python === undefined ? {} : { asked_for: wanted.python }),
    ...(plan.kind === 'conda'
      ? { version: (plan.packages[0] ?? '').replace(/^python=?/, '') }
      : { version: plan.python.version, path: plan.python.executable }),
  };
  if (plan.kind === 'plain') return { runtime, python, warnings };
  return {
    runtime,
    python,
    installers: installersOf(plan),
    ...(plan.kind === 'conda' ? { conda_packages: plan.packages.slice(1) } : {}),
    requirements: [...plan.pip.buildLines, ...plan.pip.lines].map(withoutSecrets),
    is_made: await environments.isMade(plan),
    warnings,
  };
}

function installersOf(plan: Exclude<EnvironmentPlan, { kind: 'plain' }>): string[] {
  const pip = plan.uv?.name ?? 'pip';
  const isPipUsed = plan.pip.lines.length + plan.pip.buildLines.length > 0;
  return plan.kind === 'conda' ? [plan.conda.name, ...(isPipUsed ? [pip] : [])] : [pip];
}
