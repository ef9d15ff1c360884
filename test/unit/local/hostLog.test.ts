import { leveledLog, lineLog } from '../../../local/hostLog';

describe('The log', () => {
  test('has one line for an entry; further lines of a message are indented', () => {
    const lines: string[] = [];
    const log = lineLog(
      (line) => lines.push(line),
      () => new Date(0),
    );
    log.write('error', 'Host', 'one\r\ntwo\nthree');
    expect(lines).toEqual(['1970-01-01T00:00:00.000Z error Host: one\n    two\n    three']);
  });

  test('leaves out what is below its level', () => {
    const write = jest.fn();
    const log = leveledLog({ write }, 'warning');
    log.write('information', 'Host', 'hidden');
    log.write('critical', 'Host', 'shown');
    expect(write.mock.calls).toEqual([['critical', 'Host', 'shown']]);
  });
});
