import { headerName } from '../../../../local/http/headerNames';

describe('A header', () => {
  test('has the spelling of the real host where it knows it', () => {
    expect([headerName('content-type'), headerName('sec-fetch-mode'), headerName('X-Mine')]).toEqual([
      'Content-Type',
      'sec-fetch-mode',
      'X-Mine',
    ]);
  });
});
