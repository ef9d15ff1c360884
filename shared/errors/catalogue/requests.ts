import type { ErrorEntry } from '../errorEntry';

/** What a request can have wrong before it reaches a resource. */
export const requestErrors = {
  BodyInvalid: {
    status: 400,
    text: 'The body of the request does not fit: {fault}.',
  },
  BodyNotJson: {
    status: 400,
    text: 'The body of the request has to be JSON, but {reason}.',
  },
  ParameterInvalid: {
    status: 400,
    text: "The parameter {name} of the request is '{value}' and has to be {expected}.",
  },
  ApiVersionUnknown: {
    status: 400,
    text: "The api-version '{version}' is not known. Known here: {known}.",
  },
  ContentTypeUnsupported: {
    status: 415,
    text: "The body of the request is said to be '{type}'. Send it with Content-Type: {expected}.",
  },
  OperationNotFound: {
    status: 404,
    text: "There is no operation '{name}'. Operations are told of for a day.",
  },
  MethodNotAllowed: {
    status: 405,
    text: "'{path}' takes no {method}, but {allowed}. Nothing was done.",
  },
  TokenMissing: {
    status: 401,
    text: "The request needs a bearer token. Get one with 'batchpoint account get-access-token'.",
  },
  TokenInvalid: {
    status: 401,
    text: "The bearer token is not accepted: {reason}. Get a new one with 'batchpoint account get-access-token'.",
  },
  RoleMissing: {
    status: 403,
    text: "The caller needs the role '{role}' {extent}. Whoever gives out tokens can put it into them; 'batchpoint account get-access-token' gives them with all roles.",
  },
  IssuerUnavailable: {
    status: 503,
    text: "The keys of '{issuer}', which the token names as its issuer, cannot be had: {reason}. Try again in a moment.",
    retryable: true,
  },
  LinkInvalid: {
    status: 401,
    text: "This link is not valid, or no longer: {reason}. Get a new one with 'batchpoint job show --web -n <job>'.",
  },
  JobPagesOff: {
    status: 404,
    text: 'This app shows no pages of jobs: links to them are sealed with the key in BATCHPOINT_STATE, which is not set.',
  },
  RouteNotFound: {
    status: 404,
    text: "There is no {method} of '{path}'. Check the path and the method; nothing was done.",
  },
  PageTokenInvalid: {
    status: 400,
    text: "The page token '{token}' is not one that this list gave out. Start the list again without it.",
  },
  RangeInvalid: {
    status: 416,
    text: "The range '{range}' does not lie in the file, which has {size} bytes.",
  },
  RequestConflict: {
    status: 409,
    text: "A request with the id '{id}' started another job with other settings before. Use a new id for a new request.",
  },
  StateFolderMissing: {
    status: 500,
    text: 'The app does not know whose tokens to accept. Set BATCHPOINT_TENANT or BATCHPOINT_ISSUER to who issues them, or BATCHPOINT_STATE to a folder that keeps its content, for a key of its own.',
  },
  IssuerKeyExposed: {
    status: 500,
    text: "The key file '{file}', which signs tokens, is not its owner's alone: {reason}. Whoever may have read it can sign tokens: if that can be anybody but you, remove it, and a new one is made.",
  },
  ScratchFolderForeign: {
    status: 500,
    text: "The folder '{folder}' for unfinished work, from which models and scripts are run, is not the host's alone: {reason}. Mend that or remove it, or name another folder in BATCHPOINT_SCRATCH.",
  },
  InternalError: {
    status: 500,
    text: 'Something failed that should not. The log of the host has the details, under the id {id}.',
  },
} as const satisfies Record<string, ErrorEntry>;
