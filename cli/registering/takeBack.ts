import type { Workspace } from '../client/workspace';
import type { Context } from '../context';

/**
 * Takes back what a command has made before it failed, also after Ctrl-C. That this fails as well is a warning: the
 * error that is told is the first one.
 */
export async function takeBack(
  context: Context,
  what: string,
  work: (workspace: Workspace) => Promise<void>,
): Promise<void> {
  const { workspace, terminal } = context;
  try {
    await context.tidyUp(() => work(workspace.unstoppable()));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    terminal.warn(`What this command did to ${what} could not be taken back: ${reason}`);
  }
}
