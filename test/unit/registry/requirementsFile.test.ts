import { readRequirements } from '../../../shared/registry/requirementsFile';

describe('a requirements file', () => {
  test('loses its comments and empty lines, and keeps its options', () => {
    const text =
      '\uFEFF# a\r\nx==1  # pinned\n\n--extra-index-url https://example.com/#egg\n-f https://example.com/wheels\n';
    expect(readRequirements(text, 'env').lines).toEqual([
      'x==1',
      '--extra-index-url https://example.com/#egg',
      '-f https://example.com/wheels',
    ]);
  });

  test('may name archives and repositories by their URLs', () => {
    const lines = [
      'x @ https://example.com/x-1.0.whl',
      'https://example.com/y.tar.gz',
      'git+https://example.com/z.git',
    ];
    expect(readRequirements(lines.join('\n'), 'env').lines).toEqual(lines);
  });

  test.each([
    '-r other.txt',
    '--requirement=other.txt',
    '-e .',
    '.',
    './x',
    'x @ file:///x',
    'dist/x-1.0.zip',
  ])('has no line %s, which leads to a file of one machine', (line) => {
    expect(() => readRequirements(`a\n${line}`, 'env')).toThrow(
      expect.objectContaining({ code: 'RequirementsFileInvalid' }),
    );
    expect(() => readRequirements(line, 'env')).toThrow(line);
  });
});
