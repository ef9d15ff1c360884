import { failure } from '../errors/batchpointError';
import type { BatchJobResource } from '../schemas/rest/generated';

/**
 * The one input of an invocation as a URI or reference, from either form of the body. Fails with `InputMissing` or
 * `InputAmbiguous`.
 */
export function inputOf({ dataset, inputData }: BatchJobResource['properties']): string {
  const given = Object.values(inputData ?? {}).map(({ uri }) => uri);
  if (dataset !== undefined) given.push(datasetUri(dataset));
  const [input] = given;
  if (given.length > 1) throw failure('InputAmbiguous', { count: given.length });
  if (input === undefined || input === '') throw failure('InputMissing', {});
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
