import { Workspace } from './workspace';

/** One workspace for all tests of a file, opened before them and closed after. */
export function useWorkspace(
  environment: NodeJS.ProcessEnv | (() => Promise<NodeJS.ProcessEnv>) = {},
): () => Workspace {
  let workspace: Workspace | undefined;
  beforeAll(async () => {
    workspace = await Workspace.open(typeof environment === 'function' ? await environment() : environment);
  });
  afterAll(async () => {
    await workspace?.close();
  });
  return () => {
    if (workspace === undefined) throw new Error('The workspace is used outside of a test.');
    return workspace;
  };
}
