import { memberData } from '../../../../local/invocation/typedData';

describe('The members of a JSON object', () => {
  test('are listed as text, objects as JSON, arrays and null not at all', () => {
    expect(
      memberData({ text: 'a', number: 1, yes: true, no: false, object: { b: [] }, list: [1], none: null }),
    ).toEqual({
      text: { string: 'a', data: 'string' },
      number: { string: '1', data: 'string' },
      yes: { string: 'True', data: 'string' },
      no: { string: 'False', data: 'string' },
      object: { json: '{"b":[]}', data: 'json' },
    });
  });

  test.each([[null], [[1]], ['text'], [7]])('are none where it is not one: %j', (value) => {
    expect(memberData(value)).toEqual({});
  });
});
