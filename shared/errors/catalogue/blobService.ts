import type { ErrorEntry } from '../errorEntry';

/** What the Blob protocol in front of the default datastore reports: codes that clients of Azure Storage know. */
export const blobServiceErrors = {
  NoAuthenticationInformation: {
    status: 401,
    text: "The request for a blob has no shared access signature. The secrets of the datastore hold one: 'listSecrets' gives it.",
  },
  AuthenticationFailed: {
    status: 403,
    text: 'The shared access signature is not accepted: {reason}. Get a new one from the secrets of the datastore.',
  },
  AuthorizationPermissionMismatch: {
    status: 403,
    text: 'The shared access signature does not allow this operation.',
  },
  ContainerNotFound: {
    status: 404,
    text: "There is no container '{container}' here.",
  },
  BlobAlreadyExists: {
    status: 409,
    text: "The blob '{name}' exists already, and the request says that it must not.",
  },
  ConditionNotMet: {
    status: 412,
    text: "The blob '{name}' is not as the condition '{condition}' of the request wants it.",
  },
  InvalidRange: {
    status: 416,
    text: "The range '{range}' does not lie in the blob, which has {size} bytes.",
  },
  InvalidBlockList: {
    status: 400,
    text: "The list of blocks names '{block}', which was not sent, or is committed already.",
  },
  InvalidXmlDocument: {
    status: 400,
    text: 'The body has to be a list of blocks in XML: {reason}.',
  },
  InvalidHeaderValue: {
    status: 400,
    text: "The header {header} is '{value}' and has to be {expected}.",
  },
  InvalidQueryParameterValue: {
    status: 400,
    text: "The parameter {name} is '{value}' and has to be {expected}.",
  },
  UnsupportedOperation: {
    status: 400,
    text: 'The local Blob service does not have {operation}.',
  },
  Md5Mismatch: {
    status: 400,
    text: 'What came is not what was sent: its MD5 is {found}, and the request says {expected}.',
  },
} as const satisfies Record<string, ErrorEntry>;
