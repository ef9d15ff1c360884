import { silenceSqliteWarning } from '../../../shared/stores/local/sqliteWarning';

describe('The warning that SQLite is experimental', () => {
  test('is left out, and no other', () => {
    const emitted = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
    silenceSqliteWarning();
    process.emitWarning(
      'SQLite is an experimental feature and might change at any time',
      'ExperimentalWarning',
    );
    process.emitWarning(
      'glob is an experimental feature and might change at any time',
      'ExperimentalWarning',
    );
    const count = emitted.mock.calls.length;
    emitted.mockRestore();
    expect(count).toBe(1);
  });
});
