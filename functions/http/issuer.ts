import type { IssuerKey } from '../../shared/security/issuerKey';
import { failure } from '../../shared/errors/batchpointError';
import { publicKeySet } from '../../shared/security/issuerKeys';
import { roles } from '../../shared/security/roles';
import { localIssuer } from '../../shared/security/tokens';
import { services } from '../services';
import { baseOf } from './baseUrl';
import { openRoute } from './openRoute';
import type { OpenOperation } from './operation';

const byAnybody = { access: 'anybody', methods: ['GET'] } satisfies Partial<OpenOperation>;

const issuerMetadata: OpenOperation = {
  ...byAnybody,
  path: '.well-known/openid-configuration',
  summary: 'How the app signs tokens itself, where it does.',
  answers: { 200: 'IssuerMetadata' },
};

const issuerKeys: OpenOperation = {
  ...byAnybody,
  path: '.well-known/jwks.json',
  summary: 'The public keys of those tokens.',
  answers: { 200: 'KeySet' },
};

/** Where the app signs tokens itself, everybody may know with which key: so that other programs can check them too. */
open('issuerMetadata', issuerMetadata, (_key, base) =>
  Promise.resolve({
    issuer: localIssuer,
    jwks_uri: `${base}/${issuerKeys.path}`,
    response_types_supported: ['token'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    scopes_supported: roles,
    claims_supported: ['iss', 'aud', 'sub', 'iat', 'nbf', 'exp', 'roles'],
  }),
);

open('issuerKeys', issuerKeys, (key) => publicKeySet(key));

/** Registers a function that needs no token. It tells nothing that is not public. */
function open(
  name: string,
  operation: OpenOperation,
  answer: (key: IssuerKey, base: string) => Promise<object>,
): void {
  openRoute(name, operation, async (request) => {
    const { ownKey } = await services();
    if (ownKey === undefined)
      throw failure('RouteNotFound', { method: request.method, path: `/${operation.path}` });
    const jsonBody = await answer(ownKey, baseOf(request));
    return { status: 200, jsonBody, headers: { 'Cache-Control': 'public, max-age=3600' } };
  });
}
