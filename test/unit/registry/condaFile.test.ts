import { readCondaFile } from '../../../shared/registry/condaFile';

describe('a conda file', () => {
  test('names what pip installs, what conda installs, and where conda finds it', () => {
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
      condaPackages: ['numpy', 'conda-forge::libgomp>=12'],
      channels: ['conda-forge'],
    });
  });

  test('may have no dependencies, and any Python', () => {
    expect(readCondaFile('name: x', 'env')).toEqual({ lines: [] });
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
    ['dependencies: [{pip: ["x @ file:///wheels/x.whl"]}]', 'a local path'],
    ['dependencies: [{pip: ["wheels/x-1.0.whl"]}]', 'a local path'],
    ['dependencies: [{pip: ["-f wheels"]}]', 'a local path'],
    ['dependencies: [{pip: ["-c constraints.txt"]}]', 'a local path'],
    ['dependencies: ["--file=/etc/passwd"]', 'not a conda package'],
    ['channels: conda-forge', "'channels' has to be a list"],
    ['channels: ["--offline"]', 'its name or its URL'],
    ['dependencies: [unclosed', 'cannot be read'],
  ])('like %j is an error that says why', (text, message) => {
    expect(() => readCondaFile(text, 'env')).toThrow(message);
    expect(() => readCondaFile(text, 'env')).toThrow(expect.objectContaining({ code: 'CondaFileInvalid' }));
  });
});

test('packages of which the name only begins with pip are packages like others', () => {
  const { condaPackages } = readCondaFile('dependencies: [pip, pip=23, conda-forge::pip, pip-tools]', 'env');
  expect(condaPackages).toEqual(['pip-tools']);
});
