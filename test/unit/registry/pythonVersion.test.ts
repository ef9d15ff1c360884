import { suitsPython, wantedPython } from '../../../shared/registry/pythonVersion';

describe('the Python that a conda file asks for', () => {
  test.each([
    ['python', undefined],
    ['python=3.8.5', '3.8.5'],
    ['python==3.10', '3.10'],
    ['python 3.10.*', '3.10'],
    ['python=3.9=h12debd9_1', '3.9'],
    ['conda-forge::python >=3.9, <3.12', '>=3.9,<3.12'],
    ['python-dateutil=2.8', null],
    ['python.app', null],
    ['pip=23', null],
  ])('of the dependency %j is %j', (dependency, wanted) => {
    expect(wantedPython(dependency)).toBe(wanted);
  });

  test.each([
    ['3', true],
    ['2', false],
    ['3.11', true],
    ['3.11.2', true],
    ['3.1', false],
    ['3.10', false],
    ['>=3.10', true],
    ['>=3.12', false],
    ['>3.11.7', false],
    ['<=3.11.7', true],
    ['>=3.9,<3.11', false],
    ['>=3.9,<3.12', true],
    ['~=3.9', true],
    ['!=3.11.7', false],
    ['<3.9|>=3.11', true],
  ])('as %s is had with 3.11.7: %s', (wanted, suits) => {
    expect(suitsPython(wanted, '3.11.7')).toBe(suits);
  });
});
