import { statusOf } from '../../../shared/domain/jobState';
import type { Job } from '../../../shared/jobs/jobStore';
import { workspaceId, type WorkspacePath } from '../../../shared/registry/workspacePath';

/** The name of the one output that a job has in Azure. */
export const outputName = 'score';

/** What a job of the workspace says beside what it says as a job of an endpoint: in Azure it is a pipeline. */
export function managedJob(job: Job, workspace: WorkspacePath, studio: string | undefined): object {
  const { spec } = job;
  const output = outputUriOf(job, workspace);
  return {
    jobType: 'Pipeline',
    displayName: spec.name,
    experimentName: experimentOf(job),
    computeId: `${workspaceId(workspace)}/computes/${spec.compute}`,
    services: studio === undefined ? {} : { Studio: { jobServiceType: 'Studio', endpoint: studio } },
    inputs: {
      input: { jobInputType: spec.input.type === 'file' ? 'uri_file' : 'uri_folder', uri: spec.inputUri },
    },
    outputs: output === undefined ? {} : { [outputName]: { jobOutputType: output.type, uri: output.uri } },
  };
}

/**
 * Where the output of a job lies in a datastore, once it is there: the predictions file, or its folder where the script
 * has written files of its own too. Clients download what lies there.
 */
export function outputUriOf(
  { spec, run }: Job,
  { subscription, group, workspace }: WorkspacePath,
): { readonly type: 'uri_file' | 'uri_folder'; readonly uri: string } | undefined {
  const { output } = spec;
  if (run.result === undefined || output.kind === 'local') return undefined;
  const { outputUri, scriptFiles } = run.result;
  if (outputUri === undefined && scriptFiles.length === 0) return undefined;
  const isFile = scriptFiles.length === 0;
  const folder = output.folder === '' ? '' : `${output.folder}/`;
  const root = `azureml://subscriptions/${subscription}/resourcegroups/${group}/workspaces/${workspace}`;
  const uri = `${root}/datastores/${output.datastore}/paths/${folder}${isFile ? output.fileName : ''}`;
  return { type: isFile ? 'uri_file' : 'uri_folder', uri };
}

/** The experiment of a job: some clients name it among the properties of their own; without one, its endpoint. */
export function experimentOf({ spec }: Job): string {
  return spec.experimentName ?? spec.properties['experimentName'] ?? spec.endpoint;
}

/** The status of a job in the words of Azure. */
export function shownStatus({ run }: Job): string {
  return statusOf(run.state, run.stop?.cancelled === true);
}
