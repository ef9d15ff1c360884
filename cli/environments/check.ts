import { failure } from '../../shared/errors/batchpointError';
import { lookAtModel } from '../../shared/registry/models';
import { wantedEnvironment, runtimeFor } from '../../shared/scoring/scorer';
import type { TrialParts, TrialResult } from '../../shared/trying/trial';
import { tryDeployment } from '../../shared/trying/tryDeployment';
import type { Trying } from '../../shared/trying/trying';
import type { Context } from '../context';
import { isRemote, localPath } from '../files/localPaths';
import type { Overlay } from '../files/overlays';
import { JobFailure } from '../following/jobFailure';
import { presentUri } from '../invoking/inputOption';
import { readTrialParts } from '../trying/trialParts';
import { trialPlaces } from '../trying/trialPlaces';
import { inForeground, watcher } from '../trying/tryFile';
import { shownPlan, type ShownPlan } from './shownPlan';

/** What is checked. */
interface CheckOptions {
  readonly file: string;
  readonly overlays: readonly Overlay[];
  /** Where the file comes from that is scored; without it, only `init()` is tried. */
  readonly input: string | undefined;
  /** Whether it is only said what would be installed. */
  readonly isPlanOnly: boolean;
}

/**
 * Says what would be installed for a deployment, makes the environment, and tries `init()` and one file in it. Fails with
 * `TrialFailed` where the file failed, and with the error of what comes before it.
 */
export async function checkDeploymentFile(context: Context, options: CheckOptions): Promise<object> {
  const { file, overlays, input, isPlanOnly } = options;
  const uri = input === undefined ? undefined : uriOf(context, input);
  return inForeground(context, async (trying) => {
    const parts = await readTrialParts(context, { file, overlays, downloads: trying.scratch });
    const environment = await planOf(trying, parts);
    for (const warning of environment.warnings ?? []) context.terminal.warn(warning);
    if (isPlanOnly) return { environment };
    for (const line of planLines(environment)) context.terminal.note(line);
    const trial =
      uri === undefined ? { parts } : { parts, input: { uri, files: 1, places: trialPlaces(context) } };
    // The rows of one file tell nothing here: what is printed is what passed.
    const observer = { ...watcher(context, parts), output: () => Promise.resolve() };
    const result = await tryDeployment(trying, trial, observer, context.signal);
    return { environment: { ...environment, is_made: true }, ...passed(result, uri !== undefined) };
  });
}

function uriOf({ currentFolder }: Context, input: string): string {
  return isRemote(input) ? input : presentUri(localPath(currentFolder, input));
}

async function planOf(trying: Trying, parts: TrialParts): Promise<ShownPlan> {
  const { model, code, environment, settings } = parts;
  const facts = await lookAtModel(model.path, parts.name, model.type);
  const deployment = { facts, script: code?.script, environment };
  const wanted = wantedEnvironment(deployment, settings);
  return shownPlan(trying.environments, runtimeFor(deployment), wanted);
}

/** What is about to happen, before anybody waits for it. */
function planLines({
  python,
  installers,
  conda_packages: conda = [],
  requirements = [],
  is_made: isMade,
}: ShownPlan): string[] {
  if (python === undefined) return ['Node scores, and nothing is installed.'];
  const path = python.path === undefined ? '' : ` (${python.path})`;
  const scores = `Python ${python.version}${path} scores.`;
  if (installers === undefined) return [scores, 'Nothing is installed.'];
  const what = [...conda, ...requirements].join(', ');
  const state = isMade === true ? 'The environment is there already' : `${installers.join(' and ')} installs`;
  return [scores, `${state}: ${what}`];
}

function passed({ seconds, error, files, failedFiles, rows }: TrialResult, isScored: boolean): object {
  if (failedFiles > 0) throw failure('TrialFailed', { failed: failedFiles, files });
  if (error !== undefined) throw new JobFailure(error);
  const init = { passed: true, seconds: rounded(seconds.init) };
  return isScored ? { init, file: { passed: true, rows, seconds: rounded(seconds.run) } } : { init };
}

function rounded(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}
