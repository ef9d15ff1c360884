import { startAzurite, type Azurite } from './azurite';
import { useWorkspace } from './useWorkspace';
import type { Workspace } from './workspace';

/** One workspace on the Azure driver for all tests of a file, with an emulator of its own. */
export function useAzureWorkspace(): {
  readonly workspace: () => Workspace;
  readonly azurite: () => Azurite;
} {
  let azurite: Azurite | undefined;
  const workspace = useWorkspace(async () => {
    azurite = await startAzurite();
    return { BATCHPOINT_STORAGE: 'azure', AzureWebJobsStorage: azurite.connectionString };
  });
  afterAll(async () => {
    await azurite?.stop();
  });
  return {
    workspace,
    azurite: () => {
      if (azurite === undefined) throw new Error('The emulator is used outside of a test.');
      return azurite;
    },
  };
}
