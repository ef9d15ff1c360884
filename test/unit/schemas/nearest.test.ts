import { nearest } from '../../../shared/schemas/nearest';

const known = ['mini_batch_size', 'error_threshold', 'retry_settings', 'name', 'compute'];

describe('the nearest word', () => {
  test.each([
    ['mini_batch_siez', 'mini_batch_size'],
    ['minibatchsize', 'mini_batch_size'],
    ['error_treshold', 'error_threshold'],
    ['Name', 'name'],
    ['nmae', 'name'],
  ])('to %s is %s', (word, expected) => {
    expect(nearest(word, known)).toBe(expected);
  });

  test('to something else is none', () => {
    expect(nearest('colour', known)).toBeUndefined();
    expect(nearest('x', [])).toBeUndefined();
  });
});
