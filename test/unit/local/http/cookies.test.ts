import { cookieText } from '../../../../local/http/httpResponse';

describe('A cookie', () => {
  test('has a path, and its value is escaped', () => {
    expect(cookieText({ name: 'a', value: 'b;c d', sameSite: 'none' })).toBe('a=b%3Bc%20d; path=/');
  });

  test('has what it was given', () => {
    const cookie = {
      name: 'a',
      value: 'b',
      domain: { value: 'x.example' },
      path: { value: '/p' },
      expires: { value: { seconds: 1_000_000_000 } },
      secure: { value: true },
      httpOnly: { value: true },
      sameSite: 'explicitNone',
      maxAge: { value: 0 },
    };
    expect(cookieText(cookie)).toBe(
      'a=b; expires=Sun, 09 Sep 2001 01:46:40 GMT; max-age=0; domain=x.example; path=/p; secure; samesite=none; httponly',
    );
  });
});
