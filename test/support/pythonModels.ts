import { mlflowModels } from './mlflowModels';

/** Makes the environment and the models before any test asks for them, so that several do not make them at once. */
export default async function prepare(): Promise<void> {
  await mlflowModels();
}
