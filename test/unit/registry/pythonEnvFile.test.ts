import { readPythonEnvFile } from '../../../shared/registry/pythonEnvFile';

const text = `
python: 3.10
build_dependencies:
- pip==24.0
- setuptools
dependencies:
- -r requirements.txt
`;

describe('python_env.yaml', () => {
  test('names its Python as it is written, what others are built with, and its requirements file', () => {
    expect(readPythonEnvFile(text, 'env', () => 'mlflow==3.1\npandas')).toEqual({
      python: '3.10',
      buildLines: ['pip==24.0', 'setuptools'],
      lines: ['mlflow==3.1', 'pandas'],
    });
  });

  test('may leave all of it out', () => {
    expect(readPythonEnvFile('{}', 'env')).toEqual({ lines: [] });
  });

  test.each([
    [text, 'does not come with it'],
    ['- a', 'it has to be a mapping'],
    ['dependencies: x', "'dependencies' has to be a list"],
    ['build_dependencies: [{a: b}]', "'build_dependencies' has to be a list"],
    ['python: latest', "'python' has to be a version"],
    ['dependencies: [./x]', 'a local path'],
    ['python: [', 'cannot be read'],
  ])('like %j is an error that says why', (broken, message) => {
    expect(() => readPythonEnvFile(broken, 'env')).toThrow(message);
    expect(() => readPythonEnvFile(broken, 'env')).toThrow(
      expect.objectContaining({ code: 'PythonEnvFileInvalid' }),
    );
  });
});
