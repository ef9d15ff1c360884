import { landedFileOf } from '../../../functions/triggers/landedFileOf';

const at = new Date('2026-11-26T12:00:00.123Z');
const account = 'https://acct.blob.core.windows.net';

describe('an event', () => {
  const data = { api: 'PutBlob', eTag: '0x8D4', url: `${account}/landing/a.csv` };
  const event = {
    eventType: 'Microsoft.Storage.BlobCreated',
    eventTime: at.toISOString(),
    subject: '/blobServices/default/containers/landing/blobs/in/a b.csv',
    data,
  };

  test('tells which file has landed, and when, in the schema of Event Grid and in that of CloudEvents', () => {
    const landed = { url: data.url, name: 'in/a b.csv', etag: '0x8D4', at };
    expect(landedFileOf(event, new Date())).toEqual(landed);
    const { eventType: type, eventTime: time, ...rest } = event;
    expect(landedFileOf({ ...rest, type, time }, new Date())).toEqual(landed);
  });

  test.each([
    ['a file that is deleted', { eventType: 'Microsoft.Storage.BlobDeleted' }],
    ['a subscription that is made', { eventType: 'Microsoft.EventGrid.SubscriptionValidationEvent' }],
    ['a file of a data lake that has no bytes yet', { data: { ...data, api: 'CreateFile' } }],
    ['nothing', { data: undefined }],
  ])('of %s is none of a file that has landed', (_what, change) => {
    expect(landedFileOf({ ...event, ...change }, at)).toBeUndefined();
  });

  test('without a time that can be read is of now', () => {
    expect(landedFileOf({ ...event, eventTime: 'yesterday' }, at)?.at).toEqual(at);
  });
});
