import { namesIn } from '../../../shared/triggers/landedFile';

const at = new Date('2026-01-01T00:00:00Z');

describe('The names that a file may have in a store', () => {
  test('are by its URL for a file of this machine, whose host names it from the folder that it watches on', () => {
    const landed = { at, url: 'file:///data/in/in/a%20b.csv', name: 'in/a b.csv' };
    expect(namesIn({ url: 'file:///data' }, landed)).toEqual(['in/in/a b.csv', 'in/in/a%20b.csv']);
  });

  test('begin with what the event of a storage account says, as not every sender escapes alike', () => {
    const landed = { at, url: 'https://a.blob.core.windows.net/c/50%25.csv', name: '50%.csv' };
    expect(namesIn({ url: 'https://a.blob.core.windows.net/c' }, landed)[0]).toBe('50%.csv');
  });

  test('are none where the file lies elsewhere', () => {
    const landed = { at, url: 'file:///other/a.csv', name: 'a.csv' };
    expect(namesIn({ url: 'file:///data' }, landed)).toEqual([]);
  });
});

const account = 'https://acct.blob.core.windows.net';
const store = { url: `${account}/landing` };

describe('the name of a file in a store', () => {
  test.each<[string, string, string | undefined, readonly string[]]>([
    ['lies below its URL', `${account}/landing/in/a.csv`, undefined, ['in/a.csv']],
    ['is unescaped', `${account}/landing/a%20b.csv`, undefined, ['a b.csv', 'a%20b.csv']],
    ['may be escaped by no one', `${account}/landing/50%.csv`, undefined, ['50%.csv']],
    ['is told best by the subject', `${account}/landing/a%20b.csv`, 'a b.csv', ['a b.csv', 'a%20b.csv']],
    ['is that of a data lake too', 'https://acct.dfs.core.windows.net/landing/a.csv', 'a.csv', ['a.csv']],
    ['is none in another container', `${account}/landing-2/a.csv`, 'a.csv', []],
    ['is none in another account', 'https://other.blob.core.windows.net/landing/a.csv', 'a.csv', []],
    ['is none of the container itself', `${account}/landing/`, undefined, []],
    ['is none of what is no URL', 'landing/a.csv', undefined, []],
  ])('%s', (_what, url, name, names) => {
    expect(namesIn(store, { url, at, ...(name === undefined ? {} : { name }) })).toEqual(names);
  });
});
