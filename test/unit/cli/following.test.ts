import type { AnsweredJob } from '../../../cli/client/resources';
import { jobView } from '../../../cli/following/jobView';
import { openerOf } from '../../../cli/following/openInBrowser';
import { printedLines } from '../../../cli/following/printedLines';
import { barText, progressText } from '../../../cli/following/progressText';
import { Terminal } from '../../../cli/output/terminal';

type Properties = AnsweredJob['properties'];

/** A job as a host answers it, half done unless a test says otherwise. */
function aJob(
  progress: Partial<Properties['progress']> = {},
  more: Partial<Pick<Properties, 'status' | 'phases'>> = {},
): AnsweredJob {
  const properties: Partial<Properties> = {
    status: 'Running',
    startTime: '2026-01-01T00:00:00.000Z',
    phases: { queued: 1, preparing: 4 },
    ...more,
    progress: {
      miniBatches: 200,
      files: 400,
      lanes: 2,
      miniBatchesDone: 84,
      miniBatchesFailed: 0,
      filesDone: 168,
      filesFailed: 0,
      rows: 168,
      tries: 84,
      secondsLeft: 65,
      ...progress,
    },
  };
  const systemData = { createdAt: '2026-01-01T00:00:00.000Z' };
  return { id: '/jobs/j', name: 'j', type: 'jobs', systemData, properties: properties as Properties };
}

const now = new Date('2026-01-01T00:00:21.000Z');

describe('progress', () => {
  test('tells percent, mini-batches, rate and time left', () => {
    expect(progressText(aJob(), now)).toBe('42 %, 84 of 200 mini-batches, 10.5 files/s, 1 min 05 s left');
    expect(
      progressText(aJob({ filesFailed: 3 }, { phases: { queued: 1, preparing: 4, scoring: 84 } }), now),
    ).toBe('42 %, 84 of 200 mini-batches, 3 files failed, 2.0 files/s, 1 min 05 s left');
  });

  test('says 100 % only when all is done', () => {
    expect(progressText(aJob({ miniBatches: 1000, miniBatchesDone: 999 }), now)).toMatch(/^99 %/);
  });

  test('has a bar that leaves room for its words', () => {
    expect(barText(aJob(), null, now, 100)).toMatch(/^\[#{10}\.{14}\] 42 %, /);
    expect(barText(aJob(), null, now, 80).length).toBeLessThan(80);
    expect(barText(aJob(), null, now, 60)).toMatch(/^42 %/);
    expect(barText(aJob({}, { status: 'Finalizing' }), null, now, 120)).toMatch(/\] Finalizing 42 %/);
  });

  test('tells what goes on before the first mini-batch', () => {
    const early = { miniBatches: 0, miniBatchesDone: 0, filesDone: 0 };
    expect(barText(aJob(early, { status: 'Queued' }), null, now, 80)).toBe('Queued ...');
    expect(barText(aJob(early), 'Collecting numpy', now, 80)).toBe(
      'Installing the environment: Collecting numpy',
    );
  });
});

test('in a pipe, an installation and the way of a job are told in plain lines', () => {
  let text = '';
  const writer = { write: (part: string) => (text += part) };
  const view = jobView(new Terminal(writer, writer, { onlyShowErrors: false, debug: false }));
  const early = aJob({ miniBatchesDone: 0, filesDone: 0 });
  view.progress(early, 'Collecting numpy');
  view.progress(early, 'Installing numpy');
  view.lines(['[w] a']);
  view.lines([]);
  for (const done of [10, 11, 12, 40, 200]) view.progress(aJob({ miniBatchesDone: done }), null);
  view.end();
  expect(text.split('\n').map((line) => line.replace(/, \d+\.\d files.*/, ''))).toEqual([
    'Installing the environment: Collecting numpy',
    '[w] a',
    'Progress: 5 %, 10 of 200 mini-batches',
    'Progress: 20 %, 40 of 200 mini-batches',
    'Progress: 100 %, 200 of 200 mini-batches',
    '',
  ]);
});

describe('what scripts print', () => {
  const lines = (text: string, stream: 'stdout' | 'stderr' = 'stdout'): string[] =>
    printedLines([{ worker: 'n/p', stream, text }]);

  test('has its worker and stream in front of every line', () => {
    expect(lines('a\nb\r\n\nc')).toEqual(['[n/p] a', '[n/p] b', '[n/p] ', '[n/p] c']);
    expect(lines('a\n', 'stderr')).toEqual(['[n/p stderr] a']);
  });

  test('keeps its colors, and nothing that would move the cursor', () => {
    expect(lines('0 %\r50 %\r100 %\n')).toEqual(['[n/p] 100 %']);
    expect(lines('\u001b[1;31mred\u001b[0m\u001b[2J\u001b[10;3H\u001b[?25l\u0007x\ty')).toEqual([
      '[n/p] \u001b[1;31mred\u001b[0mx\ty',
    ]);
    expect(lines('\u001b]0;title\u0007x')).toEqual(['[n/p] ]0;titlex']);
  });
});

test.each([
  ['linux', {}, undefined],
  ['linux', { DISPLAY: ':0' }, 'xdg-open'],
  ['linux', { WAYLAND_DISPLAY: 'w' }, 'xdg-open'],
  ['linux', { DISPLAY: ':0', CI: 'true' }, undefined],
  ['darwin', {}, 'open'],
  ['win32', {}, 'rundll32'],
] as const)('on %s with %j a page is opened by %s', (platform, environment, program) => {
  expect(openerOf(platform, environment)?.[0]).toBe(program);
});
