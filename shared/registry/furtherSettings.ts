import type { BatchDeploymentResource } from '../schemas/rest/generated';

/** The settings that Azure does not have. Each is left out where nobody has given it. */
const names = [
  'outputOptions',
  'miniBatch',
  'unsupportedTypes',
  'workerMemory',
  'allowPythonMismatch',
] as const;

export type FurtherSettings = Pick<BatchDeploymentResource['properties'], (typeof names)[number]>;

/** Those of the further settings that are given; of several who give one, the last counts. */
export function furtherSettings(...givers: readonly FurtherSettings[]): FurtherSettings {
  const given = givers.flatMap((one) => names.map((name) => [name, one[name]] as const));
  return Object.fromEntries(given.filter(([, value]) => value !== undefined));
}
