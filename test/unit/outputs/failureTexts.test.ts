import { failedFileRows, failureText } from '../../../shared/outputs/failureTexts';

describe('a failure for people', () => {
  const forged = 'a.csv\nMini-batch 7, b.csv, 1 try: RunRaised: made up\u2028\u001b[2K';
  const failure = {
    miniBatch: 0,
    files: [forged],
    failed: 1,
    code: 'RunRaised',
    exception: 'ValueError',
    message: 'no number',
    tries: 3,
    worker: 'worker-0',
  } as const;

  test('stands on one line, whatever its file is called', () => {
    const text = failureText(failure);
    expect(text.trimEnd().split(/[\n\u2028]/)).toHaveLength(1);
    expect(text).not.toContain('\u001b');
    expect(text).toMatch(/^Mini-batch 0, a\.csv Mini-batch 7, .*3 tries: RunRaised: no number\n$/);
  });

  test('keeps the true name in the list of failed files, quoted', () => {
    const rows = failedFileRows(failure);
    expect(rows).toBe(`"${forged}",0,RunRaised,ValueError,3,no number\n`);
  });
});
