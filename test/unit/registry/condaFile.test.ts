import { readCondaFile, readRequirements } from '../../../shared/registry/condaFile';

describe('a conda file', () => {
  test('is installed by its pip section; what else it names is told', () => {
    const text = `
channels: [conda-forge]
dependencies:
  - python=3.8.5
  - pip=23
  - numpy
  - conda-forge::libgomp>=12
  - pip:
      - mlflow
      - scikit-learn==1.1.2
`;
    expect(readCondaFile(text, 'env')).toEqual({
      lines: ['mlflow', 'scikit-learn==1.1.2'],
      python: '3.8.5',
      ignored: ['numpy', 'conda-forge::libgomp>=12'],
    });
  });

  test('may have no dependencies, and any Python', () => {
    expect(readCondaFile('name: x', 'env')).toEqual({ lines: [], ignored: [] });
    expect(readCondaFile('dependencies: [python, "python >=3.9,<3.12"]', 'env').python).toBe('>=3.9,<3.12');
  });

  test('may name a requirements file that comes with it', () => {
    const text = 'dependencies: [{pip: ["-r requirements.txt", "x"]}]';
    const include = (file: string): string | undefined =>
      file === 'requirements.txt' ? 'a==1 # why\n\n# note\nb' : undefined;
    expect(readCondaFile(text, 'env', include).lines).toEqual(['a==1', 'b', 'x']);
  });

  test.each([
    ['- a\n- b', 'a mapping'],
    ['dependencies: numpy', "'dependencies' has to be a list"],
    ['dependencies: [{conda: [x]}]', "'pip' with a list"],
    ['dependencies: [{pip: x}]', "'pip' with a list"],
    ['dependencies: [{pip: ["-r other.txt"]}]', 'does not come with it'],
    ['dependencies: [{pip: ["-e ."]}]', 'a local path'],
    ['dependencies: [{pip: ["./wheels/x.whl"]}]', 'a local path'],
    ['dependencies: [unclosed', 'cannot be read'],
  ])('like %j is an error that says why', (text, message) => {
    expect(() => readCondaFile(text, 'env')).toThrow(message);
    expect(() => readCondaFile(text, 'env')).toThrow(expect.objectContaining({ code: 'CondaFileInvalid' }));
  });
});

test('a requirements file loses its comments and empty lines', () => {
  expect(
    readRequirements('# a\nx==1  # pinned\n\n--extra-index-url https://example.com/#egg\n', 'env').lines,
  ).toEqual(['x==1', '--extra-index-url https://example.com/#egg']);
});
