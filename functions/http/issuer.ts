import { app, type HttpHandler, type HttpResponseInit } from '@azure/functions';
import type { IssuerKey } from '../../shared/security/issuerKey';
import { failure } from '../../shared/errors/batchpointError';
import { publicKeySet } from '../../shared/security/issuerKeys';
import { roles } from '../../shared/security/roles';
import { localIssuer } from '../../shared/security/tokens';
import { services } from '../services';
import { baseOf } from './baseUrl';
import { errorAnswer } from './errorAnswer';

const keysPath = '.well-known/jwks.json';

/** Where the app signs tokens itself, everybody may know with which key: so that other programs can check them too. */
open('issuerMetadata', '.well-known/openid-configuration', (_key, base) =>
  Promise.resolve({
    issuer: localIssuer,
    jwks_uri: `${base}/${keysPath}`,
    response_types_supported: ['token'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    scopes_supported: roles,
    claims_supported: ['iss', 'aud', 'sub', 'iat', 'nbf', 'exp', 'roles'],
  }),
);

open('issuerKeys', keysPath, (key) => publicKeySet(key));

/** Registers a function that needs no token. It tells nothing that is not public. */
function open(name: string, path: string, answer: (key: IssuerKey, base: string) => Promise<object>): void {
  const handler: HttpHandler = async (request, context): Promise<HttpResponseInit> => {
    try {
      const { ownKey } = await services();
      if (ownKey === undefined) throw failure('RouteNotFound', { method: request.method, path: `/${path}` });
      const jsonBody = await answer(ownKey, baseOf(request));
      return { status: 200, jsonBody, headers: { 'Cache-Control': 'public, max-age=3600' } };
    } catch (error) {
      return errorAnswer(error, context);
    }
  };
  app.http(name, { methods: ['GET'], authLevel: 'anonymous', route: path, handler });
}
