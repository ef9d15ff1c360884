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
