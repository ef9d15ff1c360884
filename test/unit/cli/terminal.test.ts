import { Pace } from '../../../cli/output/pace';
import { bar, ProgressBar } from '../../../cli/output/progressBar';
import { Terminal, type Writer } from '../../../cli/output/terminal';

/** A stand-in for standard output or error that keeps what is written. */
class Paper implements Writer {
  text = '';

  constructor(
    readonly isTTY = false,
    readonly columns = 40,
  ) {}

  write(text: string): void {
    this.text += text;
  }
}

function aTerminal({ quiet = false, debug = false, tty = false } = {}): {
  out: Paper;
  err: Paper;
  terminal: Terminal;
} {
  const [out, err] = [new Paper(tty), new Paper(tty)];
  return { out, err, terminal: new Terminal(out, err, { onlyShowErrors: quiet, debug }) };
}

test('results go to standard output, all else to standard error, a warning once', () => {
  const { out, err, terminal } = aTerminal();
  terminal.print('result\n');
  terminal.warn('careful');
  terminal.warn('careful');
  terminal.note('by the way');
  terminal.debug('unseen');
  terminal.status('unseen');
  expect([out.text, err.text]).toEqual(['result\n', 'WARNING: careful\nby the way\n']);
});

test('nothing but errors is told where only they are wanted', () => {
  const { err, terminal } = aTerminal({ quiet: true, tty: true });
  terminal.warn('careful');
  terminal.note('by the way');
  terminal.status('half');
  expect(err.text).toBe('');
});

test('a status is drawn in place, and only for a person', () => {
  const { err, terminal } = aTerminal({ tty: true });
  terminal.status('x'.repeat(100));
  expect(err.text).toBe(`\r\u001b[K${'x'.repeat(39)}`);
});

test('a progress bar is drawn anew only where it changed, and erased before other lines', () => {
  const { out, terminal } = aTerminal({ tty: true });
  const progress = new ProgressBar(terminal);
  progress.draw('10 %');
  progress.draw('10 %');
  progress.erase();
  progress.erase();
  progress.draw('y'.repeat(100));
  expect(out.text).toBe(`\r\u001b[K10 %\r\u001b[K\r\u001b[K${'y'.repeat(39)}`);
  expect([bar(0, 4), bar(0.5, 4), bar(2, 4)]).toEqual(['[....]', '[##..]', '[####]']);
});

test('lines of progress come after ten seconds or a tenth of the way', () => {
  let now = 0;
  const pace = new Pace(() => now);
  const due = (seconds: number, share: number): boolean => {
    now = seconds * 1000;
    return pace.isDue(share);
  };
  expect([due(0, 0), due(1, 0.05), due(2, 0.1), due(9, 0.15), due(12, 0.15), due(13, 0.2)]).toEqual([
    true,
    false,
    true,
    false,
    true,
    false,
  ]);
});
