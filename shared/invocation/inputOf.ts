import { failure } from '../errors/batchpointError';
import type { BatchJobResource } from '../schemas/rest/generated';

/** The input of an invocation: a URI or reference, and whether it is said to be one file. */
export interface GivenInput {
  readonly uri: string;
  readonly isFile: boolean;
  /** What the caller calls it. */
  readonly name?: string;
}

/**
 * The one input of an invocation, from either form of the body. Fails with `InputMissing`, `InputAmbiguous`, or
 * `InputFormsMixed`.
 *
 * Clients say `UriFolder` where nobody has told them, so only `UriFile` means anything.
 */
export function inputOf({ dataset, inputData }: BatchJobResource['properties']): GivenInput {
  if (dataset !== undefined && inputData !== undefined) throw failure('InputFormsMixed', {});
  const given: GivenInput[] = Object.entries(inputData ?? {}).map(([name, { uri, jobInputType }]) => ({
    name,
    uri,
    isFile: jobInputType === 'UriFile',
  }));
  if (dataset !== undefined) given.push({ uri: datasetUri(dataset), isFile: false });
  const [input] = given;
  if (given.length > 1) throw failure('InputAmbiguous', { count: given.length });
  if (input === undefined || input.uri === '') throw failure('InputMissing', {});
  return input;
}

function datasetUri(dataset: NonNullable<BatchJobResource['properties']['dataset']>): string {
  switch (dataset.dataInputType) {
    case 'DataUrl':
      return dataset.path ?? '';
    case 'DatasetId':
      return dataset.datasetId ?? '';
    case 'DatasetVersion':
      return dataset.datasetName === undefined
        ? ''
        : `azureml:${dataset.datasetName}${dataset.datasetVersion === undefined ? '@latest' : `:${dataset.datasetVersion}`}`;
  }
}
