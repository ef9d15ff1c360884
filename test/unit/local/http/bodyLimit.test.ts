import { bodyLimit } from '../../../../local/http/requestBody';

describe('The limit of a body', () => {
  test.each([
    [undefined, 104_857_600],
    ['', 104_857_600],
    ['many', 104_857_600],
    ['-1', 104_857_600],
    ['2048', 2048],
  ])('by the setting %p', (setting, limit) => {
    expect(bodyLimit(setting)).toBe(limit);
  });
});
