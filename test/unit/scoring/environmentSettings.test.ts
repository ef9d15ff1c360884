import { readEnvironmentSettings } from '../../../shared/scoring/installing/environmentSettings';

const read = (mismatch?: string, installers?: string): ReturnType<typeof readEnvironmentSettings> =>
  readEnvironmentSettings({
    BATCHPOINT_ALLOW_PYTHON_MISMATCH: mismatch,
    BATCHPOINT_INSTALLERS: installers,
  });

test.each([
  [undefined, false],
  ['', false],
  ['0', false],
  ['false', false],
  ['1', true],
  ['True', true],
])('BATCHPOINT_ALLOW_PYTHON_MISMATCH as %j allows another Python: %s', (text, allowed) => {
  expect(read(text).anyPython).toBe(allowed);
});

test.each([
  [undefined, undefined],
  ['', undefined],
  ['pip', []],
  ['pip, uv', ['uv']],
  ['conda micromamba', ['micromamba', 'conda']],
])('BATCHPOINT_INSTALLERS as %j allows %j', (text, allowed) => {
  expect(read('', text).installers).toEqual(allowed);
});

test('what they do not understand is an error that names them', () => {
  expect(() => read('maybe')).toThrow('BATCHPOINT_ALLOW_PYTHON_MISMATCH');
  expect(() => read('', 'uv,poetry')).toThrow('pip, uv, mamba, micromamba, conda');
});
