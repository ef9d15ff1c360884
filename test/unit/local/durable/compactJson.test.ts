import { compactJson } from '../../../../local/durable/client/apiMessages';

describe('A body of JSON', () => {
  test('is written again without spaces', () => {
    expect(compactJson(' { "a" : [ 1 ] } ')).toEqual({ text: '{"a":[1]}' });
  });

  test.each(['', '{bad'])('is refused otherwise: %p', (body) => {
    expect(compactJson(body)).toMatchObject({ refused: { status: 400 } });
  });
});
