import { restBodies } from '../../../shared/schemas/restBodies';

const deployment = { model: { referenceType: 'Id', assetId: 'azureml:m:1' }, compute: 'azureml:c' };

describe('the body of a request', () => {
  test('gets the defaults of its schema', () => {
    expect(restBodies.batchDeployment({ properties: deployment }).properties).toMatchObject({
      miniBatchSize: 10,
      errorThreshold: -1,
      retrySettings: { maxRetries: 3, timeout: 'PT30S' },
      loggingLevel: 'Info',
      maxConcurrencyPerInstance: 1,
      outputAction: 'AppendRow',
      outputFileName: 'predictions.csv',
      resources: { instanceCount: 1 },
    });
  });

  test('may have its keys in any case', () => {
    const body = {
      Properties: { Model: { ReferenceType: 'Id', ASSETID: 'azureml:m:1' }, compute: 'c', MINIBATCHSIZE: 3 },
    };
    expect(restBodies.batchDeployment(body).properties).toMatchObject({
      miniBatchSize: 3,
      model: { assetId: 'azureml:m:1' },
    });
  });

  test('is left as it came', () => {
    const body = { properties: { ...deployment } };
    restBodies.batchDeployment(body);
    expect(body).toEqual({ properties: deployment });
  });

  test.each<[string, unknown, string]>([
    ['no object', [], 'expected a mapping of keys to values, but came []'],
    ['no properties', {}, "'properties' is missing"],
    ['a missing key', { properties: { compute: 'c' } }, "properties: 'model' is missing"],
    [
      'an unknown key',
      { properties: { ...deployment, miniBatchSiez: 3 } },
      "the key 'miniBatchSiez' is not known. Did you mean 'miniBatchSize'?",
    ],
    [
      'a wrong type',
      { properties: { ...deployment, miniBatchSize: 'ten' } },
      'properties.miniBatchSize: expected a whole number, but came "ten"',
    ],
    [
      'a size of 0',
      { properties: { ...deployment, miniBatchSize: 0 } },
      'properties.miniBatchSize: expected a number of at least 1, but came 0',
    ],
    [
      'a wrong word',
      { properties: { ...deployment, loggingLevel: 'Loud' } },
      'expected one of "Warning", "Info", "Debug", but came "Loud"',
    ],
    [
      'a wrong duration',
      { properties: { ...deployment, retrySettings: { timeout: '30' } } },
      'properties.retrySettings.timeout: expected an ISO 8601 duration like PT30S, but came "30"',
    ],
    [
      'a file name that climbs',
      { properties: { ...deployment, outputFileName: '../x' } },
      'properties.outputFileName: expected',
    ],
  ])('with %s is refused, and it is said where', (_what, body, message) => {
    expect(() => restBodies.batchDeployment(body)).toThrow(message);
    expect(() => restBodies.batchDeployment(body)).toThrow(
      expect.objectContaining({ code: 'BodyInvalid', status: 400 }),
    );
  });

  test('with several faults names them all', () => {
    try {
      restBodies.batchDeployment({ properties: { ...deployment, miniBatchSize: 0, errorThreshold: -2 } });
      throw new Error('It was taken.');
    } catch (error) {
      expect(error).toMatchObject({
        details: [{ target: 'properties.miniBatchSize' }, { target: 'properties.errorThreshold' }],
      });
    }
  });
});
