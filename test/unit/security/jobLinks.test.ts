import { randomBytes } from 'node:crypto';
import { JobLinks } from '../../../shared/security/jobLinks';

describe('the key of a link', () => {
  let now = new Date('2026-01-01T00:00:00Z');
  const secret = randomBytes(32);
  const links = new JobLinks(secret, () => now);

  beforeEach(() => {
    now = new Date('2026-01-01T00:00:00Z');
  });

  const verdict = (key: string | null, job: string): string => {
    try {
      links.verify(key, job);
      return 'good';
    } catch (error) {
      return String(error);
    }
  };

  test('opens the page of its job, and no other', () => {
    const key = links.issue('job-1');
    expect(verdict(key, 'job-1')).toBe('good');
    expect(verdict(key, 'job-2')).toContain('it is for another job');
    expect(verdict(key, 'Job-1')).toContain('it is for another job');
  });

  test('is short enough to be copied', () => {
    expect(links.issue('job'.repeat(80)).length).toBeLessThanOrEqual(52);
  });

  test('is good for a day', () => {
    const key = links.issue('job-1');
    now = new Date('2026-01-01T23:59:59Z');
    expect(verdict(key, 'job-1')).toBe('good');
    now = new Date('2026-01-02T00:00:00Z');
    expect(verdict(key, 'job-1')).toContain('it has expired');
  });

  test('cannot be given another end', () => {
    const [ends = '', sealed = ''] = links.issue('job-1').split('.');
    const later = (parseInt(ends, 36) + 1).toString(36);
    expect(verdict(`${later}.${sealed}`, 'job-1')).toContain('it is for another job, or of another host');
  });

  test('is good on the host of its secret alone', () => {
    const other = new JobLinks(randomBytes(32), () => now);
    expect(verdict(other.issue('job-1'), 'job-1')).toContain('or of another host');
  });

  test.each([
    null,
    '',
    'abc',
    '.',
    'a.b',
    `0.${'A'.repeat(42)}`,
    `-1.${'A'.repeat(43)}`,
    'x'.repeat(100_000),
  ])('is refused when it is %p', (key) => {
    expect(verdict(key, 'job-1')).toMatch(/^LinkInvalid: .*(it has no token|its token is not whole)/);
  });
});
