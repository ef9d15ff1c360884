import type { Job } from '../../shared/jobs/jobStore';
import { useWorkspace } from './useWorkspace';
import type { Workspace } from './workspace';

/** What a job of a test is made with beside the settings of its output. */
export interface OutputJob {
  readonly files?: number;
  readonly script?: string;
  readonly settings?: object;
}

/** Jobs with outputs of their own in one workspace. `body` is that of run(), and gets the mini-batch as `paths`. */
export function useOutputs(environment: () => Promise<NodeJS.ProcessEnv> = () => Promise.resolve({})): {
  workspace: () => Workspace;
  scored: (body: string, outputOptions: object | undefined, more?: OutputJob) => Promise<Job>;
  text: (body: string, outputOptions: object, more?: OutputJob) => Promise<string>;
  fault: (body: string, outputOptions: object, more?: OutputJob) => Promise<unknown>;
  bytes: (job: Job, file?: string) => Promise<Uint8Array>;
} {
  const workspace = useWorkspace(environment);
  let count = 0;

  async function scored(
    body: string,
    outputOptions: object | undefined,
    { files = 2, script = 'score.py', settings = {} }: OutputJob = {},
  ): Promise<Job> {
    const name = `output-${count++}`;
    const source = script.endsWith('.py')
      ? `def run(paths):\n    ${body.replaceAll('\n', '\n    ')}\n`
      : `exports.run = function (paths) {\n${body}\n};\n`;
    const all = { miniBatchSize: files, retrySettings: { maxRetries: 3 }, ...settings };
    await workspace().endpoint(
      name,
      source,
      outputOptions === undefined ? all : { ...all, outputOptions },
      script,
    );
    return workspace().run(await workspace().invoke(name, workspace().inputs(files)));
  }

  return {
    workspace,
    scored,
    text: async (body, outputOptions, more) => {
      const job = await scored(body, outputOptions, more);
      expect(job.run).toMatchObject({ state: 'Completed', failures: [] });
      return workspace().predictions(job);
    },
    fault: async (body, outputOptions, more) => {
      const { run } = await scored(body, outputOptions, more);
      expect(run.state).toBe('Failed');
      return run.failures[0];
    },
    bytes: async (job, file = `named-outputs/score/${job.spec.output.fileName}`) =>
      (await workspace().services.jobFiles.read(job, file)).bytes,
  };
}
