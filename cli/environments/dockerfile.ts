import { withoutSecrets } from '../../shared/errors/withoutSecrets';
import { readEnvironment, type EnvironmentContent } from '../../shared/registry/environments';
import { dockerfileOf } from '../../shared/scoring/installing/dockerfile';
import type { AnsweredEnvironment } from '../client/resources';
import { usageInvalid } from '../commands/usageInvalid';
import type { Context } from '../context';
import { readDefinition } from '../files/definition';
import { environmentFiles } from '../files/environmentFiles';
import { versionPath } from '../registering/wantedVersion';

/** Which environment is meant: a registered one, or that of a file. */
interface EnvironmentChoice {
  readonly name: string | undefined;
  readonly version: string | undefined;
  readonly file: string | undefined;
  /** Whether another Python than the one that is asked for will do. */
  readonly anyPython: boolean;
}

/** Prints the Dockerfile of an environment, and warns of what it would show to others. */
export async function printDockerfile(context: Context, choice: EnvironmentChoice): Promise<void> {
  const { name, content } = await chosenEnvironment(context, choice);
  const text = dockerfileOf(content, { name, anyPython: choice.anyPython });
  if (withoutSecrets(text) !== text) {
    context.terminal.warn(
      'Something in the Dockerfile looks like a password, and it would be readable in the image: keep it out of the definition, and give the index to the build as a secret.',
    );
  }
  context.terminal.print(text);
}

async function chosenEnvironment(
  context: Context,
  { name, version, file }: EnvironmentChoice,
): Promise<{ readonly name: string; readonly content: EnvironmentContent }> {
  if (file === undefined) {
    if (name === undefined)
      throw usageInvalid('--name or --file is needed: it says which environment is meant');
    const path = await versionPath(context.workspace, { kind: 'environments', name, version });
    const { properties } = await context.workspace.get<AnsweredEnvironment>(path);
    return { name, content: readEnvironment(name, properties) };
  }
  if (name !== undefined || version !== undefined) {
    throw usageInvalid(
      '--file brings the environment itself, and --name and --version name one that is registered',
    );
  }
  const { currentFolder } = context;
  const { value, folder } = readDefinition('environment', { file, currentFolder, overlays: [] });
  const files = await environmentFiles(folder, value);
  const { image } = value;
  return {
    name: value.name,
    content: readEnvironment(value.name, { ...files, ...(image === undefined ? {} : { image }) }),
  };
}
