import { TableClient } from '@azure/data-tables';
import { type Fault, firstOf, type SeenRequest } from '../../support/faultyProxy';
import { fresh } from '../openedStores';
import { errorOf, expectCode, gather } from '../outcomes';
import { azureFixture } from './azureFixture';

const isGroup = ({ url }: SeenRequest): boolean => url.endsWith('$batch');
const isAny = (): boolean => true;
const lost: Fault = { kind: 'loseAnswer' };
const busy: Fault = { kind: 'answer', status: 503, code: 'ServerBusy' };

describe('rows in Azure, when something goes wrong', () => {
  const fixture = azureFixture();

  test('a group whose answer was lost may be a conflict, and then the rows are the own ones', async () => {
    const { open, tableProxy } = fixture();
    const { tables } = await open();
    const partition = fresh('faults');
    tableProxy.fail(firstOf(1, isGroup, lost));
    const group = [
      { kind: 'insert', row: 'a', value: { mine: true } },
      { kind: 'insert', row: 'b', value: { mine: true } },
    ] as const;
    const error = await errorOf(tables.commit(partition, group));
    expect(error).toMatchObject({ code: 'RowConflict', place: { field: 'a' } });
    expect((await tables.get(partition, 'b'))?.value).toEqual({ mine: true });
  });

  test('a put whose answer was lost is done again', async () => {
    const { open, tableProxy } = fixture();
    const { tables } = await open();
    const partition = fresh('faults');
    tableProxy.fail(firstOf(1, isGroup, lost));
    const [etag] = await tables.commit(partition, [{ kind: 'put', row: 'a', value: { n: 1 } }]);
    expect((await tables.get(partition, 'a'))?.etag).toBe(etag);
  });

  test('a service that is busy now and then is asked again', async () => {
    const { open, tableProxy } = fixture();
    const { tables } = await open();
    const partition = fresh('faults');
    tableProxy.fail(firstOf(2, isAny, busy));
    await tables.commit(partition, [{ kind: 'insert', row: 'a', value: { n: 1 } }]);
    tableProxy.fail(firstOf(2, isAny, busy));
    expect((await tables.get(partition, 'a'))?.value).toEqual({ n: 1 });
  });

  test.each([
    [503, 'ServerBusy', 'StoreUnavailable'],
    [500, 'InternalError', 'StoreUnavailable'],
    [403, 'AuthorizationPermissionMismatch', 'StoreForbidden'],
  ])('%s %s is reported as %s', async (status, code, expected) => {
    const { open, tableProxy } = fixture();
    const { tables } = await open();
    tableProxy.fail(() => ({ kind: 'answer', status, code }));
    await expectCode(tables.get('p', 'a'), expected);
    await expectCode(tables.commit('p', [{ kind: 'put', row: 'a', value: {} }]), expected);
    await expectCode(tables.query('p')[Symbol.asyncIterator]().next(), expected);
  });

  test.each([
    ['breaks off', { kind: 'cutBody', after: 10 }],
    ['breaks off before it began', { kind: 'cutBody', after: 0 }],
    ['does not come', { kind: 'stall' }],
    ['does not come, as nothing has arrived,', { kind: 'swallow' }],
  ] as const)('a call is made again of which the answer %s', async (_how, fault) => {
    const { open, tableProxy } = fixture();
    const { tables } = await open({ callLimit: 2_000 });
    const partition = fresh('faults');
    const changes = [{ kind: 'put', row: 'a', value: { n: 1 } }] as const;
    tableProxy.fail(firstOf(1, isAny, fault));
    const [etag] = await tables.commit(partition, changes);
    tableProxy.fail(firstOf(1, isAny, fault));
    expect((await tables.get(partition, 'a'))?.etag).toBe(etag);
    tableProxy.fail(firstOf(1, isAny, fault));
    const rows = await gather(tables.query(partition));
    expect(rows.map(({ row }) => row)).toEqual(['a']);
  });

  test('an answer that breaks off each time is no refusal for good', async () => {
    const { open, tableProxy } = fixture();
    const { tables } = await open();
    tableProxy.fail(() => ({ kind: 'cutBody', after: 10 }));
    await expectCode(tables.commit('p', [{ kind: 'put', row: 'a', value: {} }]), 'StoreUnavailable');
  });

  test('a service that never answers is given up', async () => {
    const { open, tableProxy } = fixture();
    const { tables } = await open({ callLimit: 1500 });
    tableProxy.fail(() => ({ kind: 'stall' }));
    await expectCode(tables.get('p', 'a'), 'StoreUnavailable');
    await expectCode(tables.commit('p', [{ kind: 'put', row: 'a', value: {} }]), 'StoreUnavailable');
  });

  test('a table that was deleted while open is reported as missing', async () => {
    const { open, connectionString } = fixture();
    const { tables } = await open();
    const client = TableClient.fromConnectionString(connectionString, 'batchpoint', {
      allowInsecureConnection: true,
    });
    await client.deleteTable();
    await expectCode(tables.get('p', 'a'), 'StoreMissing');
    await expectCode(tables.commit('p', [{ kind: 'put', row: 'a', value: {} }]), 'StoreMissing');
    await expectCode(tables.query('p')[Symbol.asyncIterator]().next(), 'StoreMissing');
    await client.createTable();
  });
});
