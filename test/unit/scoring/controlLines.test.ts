import { ControlLines } from '../../../shared/scoring/controlLines';

const done = ['done', 3, 0.5, 2, 2, 17, [[1, 'raised', 'ValueError', 'no', 'Traceback']], { 'a.txt': 4 }];

describe('the lines of a control pipe', () => {
  test('become messages, wherever they are cut on their way', () => {
    const text = `${JSON.stringify(done)}\n["dropped"]\n["ready",1.5]\n`;
    for (let cut = 1; cut < text.length; cut++) {
      const lines = new ControlLines();
      const messages = [...lines.take(text.slice(0, cut)), ...lines.take(text.slice(cut))];
      expect(messages).toEqual([done, ['dropped'], ['ready', 1.5]]);
    }
  });

  test.each([
    ['no JSON', 'garbage'],
    ['no list', '{"done":3}'],
    ['no message', '["toString"]'],
    ['a message that lacks a field', '["done",3,0.5,2,2,17,[]]'],
    ['a message with a field too many', '["ended",1]'],
    ['a negative count', '["done",3,0.5,-2,2,17,[],{}]'],
    ['a failure without its position', '["done",3,0.5,2,2,17,[["raised","","",""]],{}]'],
    ['sizes that are none', '["done",3,0.5,2,2,17,[],{"a":"b"}]'],
    ['an unknown kind of failure', '["failed",3,0.5,"odd","","",""]'],
  ])('are refused where they are %s', (_what, line) => {
    expect(() => [...new ControlLines().take(`${line}\n`)]).toThrow();
  });

  test('are refused where one has no end', () => {
    const lines = new ControlLines(100);
    expect([...lines.take('x'.repeat(60))]).toEqual([]);
    expect(() => [...lines.take('x'.repeat(60))]).toThrow('a line without an end');
  });

  test('are messages up to the one that is refused, though all come at once', () => {
    const messages = new ControlLines().take('["dropped"]\ngarbage\n');
    expect(messages.next().value).toEqual(['dropped']);
    expect(() => messages.next()).toThrow();
  });
});
