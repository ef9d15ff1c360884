import { landedBlobOf, watchedBlob } from '../../../functions/triggers/watchedBlob';
import { readBlobService } from '../../../shared/stores/azure/azureAccount';

const account = 'https://acct.blob.core.windows.net';

describe('a blob of the one container', () => {
  const blob = { container: 'landing', name: 'in/a#b.csv' };
  const facts = {
    uri: `${account}/landing/in/a%23b.csv`,
    properties: { eTag: '"0x8D4"', lastModified: '2026-11-26T12:00:00+00:00' },
  };
  const now = new Date('2026-11-26T13:00:00Z');

  test('is read from what the extension sends in the place of its bytes', () => {
    const content = Buffer.from('{"Connection":"X","ContainerName":"landing","BlobName":"in/a#b.csv"}');
    expect(watchedBlob({ content, source: 'AzureStorageBlobs' })).toEqual(blob);
    expect(watchedBlob([{ content }])).toEqual(blob);
    expect(() => watchedBlob({ content: Buffer.from('{}') })).toThrow('no ContainerName and BlobName');
  });

  test('has landed when the whole second is over that the extension tells', () => {
    const landed = landedBlobOf(blob, facts, { now, service: undefined });
    expect(landed).toEqual({
      url: facts.uri,
      name: blob.name,
      etag: '"0x8D4"',
      at: new Date('2026-11-26T12:00:00.999Z'),
    });
  });

  test('is found by the service of its settings where the extension tells no URL', () => {
    const landed = landedBlobOf(blob, undefined, { now, service: account });
    expect(landed).toEqual({ url: `${account}/landing/in/a%23b.csv`, name: blob.name, at: now });
    expect(landedBlobOf(blob, undefined, { now, service: undefined })).toBeUndefined();
  });

  test.each([
    [{ X: 'AccountName=acct;AccountKey=a2V5;EndpointSuffix=core.windows.net' }, account],
    [{ X__accountName: 'acct' }, account],
    [{ X__blobServiceUri: `${account}/` }, account],
    [{}, undefined],
  ])('lies where %j says', (environment, url) => {
    expect(readBlobService(environment, 'X')).toBe(url);
  });
});
