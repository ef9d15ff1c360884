import { failure } from '../../shared/errors/batchpointError';
import type { Audience } from '../../shared/security/audiences';
import type { Operation } from './operation';

/**
 * The versions of the API that clients may say, the newest last. All of them are answered alike: what one of them has
 * no words for, its clients leave unread.
 */
export const apiVersions: Readonly<Record<Audience, readonly string[]>> = {
  management: [
    '2020-06-01',
    '2021-01-01',
    '2021-03-01-preview',
    '2021-10-01',
    '2022-02-01-preview',
    '2022-05-01',
    '2022-06-01-preview',
    '2022-10-01',
    '2022-10-01-preview',
    '2022-12-01-preview',
    '2023-02-01-preview',
    '2023-03-01-preview',
    '2023-04-01',
    '2023-04-01-preview',
    '2023-06-01-preview',
    '2023-08-01-preview',
    '2023-10-01',
    '2024-01-01-preview',
    '2024-04-01',
    '2024-04-01-preview',
    '2024-05-01-preview',
    '2024-07-01-preview',
    '2024-10-01',
    '2024-10-01-preview',
    '2025-01-01-preview',
    '2025-04-01',
    '2025-06-01',
    '2025-09-01',
    '2025-12-01',
    '2026-05-01-preview',
  ],
  data: ['2020-09-01-dataplanepreview', '2021-10-01-dataplanepreview'],
};

/** The versions of services that Azure has apart, by what their paths begin with. */
const serviceVersions: Readonly<Record<string, readonly string[]>> = {
  'history/v1.0': ['v1.0'],
  'data/v1.0': ['v1.0', '1.5.0'],
};

/** The versions that clients of an operation may say. */
export function versionsOf({
  audience,
  service = '',
}: Pick<Operation, 'audience' | 'service'>): readonly string[] {
  return serviceVersions[service] ?? apiVersions[audience];
}

/**
 * The version that a request asks for. One that asks for none gets the newest: scripts post to the bare scoring URI.
 * Fails with `ApiVersionUnknown`.
 */
export function apiVersionOf(
  query: URLSearchParams,
  operation: Pick<Operation, 'audience' | 'service'>,
): string {
  const known = versionsOf(operation);
  const asked = [...query].filter(([name]) => name.toLowerCase() === 'api-version').map(([, value]) => value);
  for (const version of asked) {
    if (!known.includes(version.toLowerCase()))
      throw failure('ApiVersionUnknown', { version, known: known.join(', ') });
  }
  return asked[0] ?? known.at(-1) ?? '';
}
