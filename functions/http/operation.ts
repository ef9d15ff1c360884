import type { HttpMethod } from '@azure/functions';
import type { ErrorCode } from '../../shared/errors/catalogue';
import type { AnswerSchemaName } from '../../shared/schemas/answers';
import type { BodyName } from '../../shared/schemas/restBodies';
import type { Role } from '../../shared/security/roles';
import type { Audience } from '../../shared/security/audiences';

/** What answers hold that no schema describes, with its media type. */
export const contents = {
  Bytes: 'application/octet-stream',
  Text: 'text/plain',
  Html: 'text/html',
  Xml: 'application/xml',
  Json: 'application/json',
  Nothing: undefined,
} as const;

export type ContentName = keyof typeof contents;

/** What an answer holds: the title of its schema, a page of a list of those, or something that has no schema. */
export type AnswerName = AnswerSchemaName | `${AnswerSchemaName}List` | ContentName;

/** A status that tells of success. */
type Success = 200 | 201 | 202 | 204 | 206 | 304;

/** What every function of the API says of itself, for whoever calls it: the description of the API is made from this. */
interface Declaration {
  readonly methods: HttpMethod[];
  /** One line for people. */
  readonly summary: string;
  /** What is sent, by the name of its check; a PATCH sends a part of it. */
  readonly body?: BodyName;
  /** Parameters of the query beside those that every operation has. */
  readonly query?: readonly Parameter[];
  /** Headers that it looks at, beside those that every operation has. */
  readonly headers?: readonly Parameter[];
  /** What is answered where all goes well, by status; several where the caller chooses. */
  readonly answers: Readonly<Partial<Record<Success, AnswerName | readonly AnswerName[]>>>;
  /** Headers of those answers, beside those that follow from what they hold. */
  readonly answerHeaders?: Readonly<Partial<Record<Success, readonly AnswerHeader[]>>>;
  /** Errors that it may answer, beside those that follow from what it takes. */
  readonly refusals?: readonly ErrorCode[];
}

/** A function for callers with a token. */
export interface Operation extends Declaration {
  /** Below the workspace; empty for the workspace itself. */
  readonly path: string;
  /** Where the path begins; below the workspace where it is left out. */
  readonly below?: 'subscription' | 'workspaces' | 'workspace';
  /** What stands before all of that, such as `history/v1.0`: services that Azure has apart share one host here. */
  readonly service?: string;
  /** Whom the token has to be for. */
  readonly audience: Audience;
  /** What the caller has to be allowed; for a path below an endpoint, for that one. */
  readonly role: Role;
  /**
   * Where the path names no endpoint, but what it leads to belongs to one: who has the role for any endpoint is let in,
   * and the function looks for which, by `allows` and `require` of its call.
   */
  readonly ofEndpoints?: true;
}

/** A function for callers without a token. */
export interface OpenOperation extends Declaration {
  /** From the root of the host. */
  readonly path: string;
  /** Who may call: anybody, or whoever has a link of a job. */
  readonly access: 'anybody' | 'link';
  /** What a refusal holds, where it is no error envelope. */
  readonly refusalContent?: 'Html';
}

/** A parameter of the query, or a header. */
export interface Parameter {
  readonly name: string;
  readonly description: string;
  readonly schema: {
    readonly type: 'string' | 'integer' | 'boolean';
    readonly minimum?: number;
    readonly maxLength?: number;
    readonly pattern?: string;
    readonly enum?: readonly string[];
  };
}

/** A header of an answer. */
export type AnswerHeader =
  | 'ETag'
  | 'Location'
  | 'Azure-AsyncOperation'
  | 'Retry-After'
  | 'x-ms-retry-after-ms'
  | 'Accept-Ranges'
  | 'Content-Range'
  | 'Content-Disposition';

/** The parameters of every list that has pages. */
export const pageParameters: readonly Parameter[] = [
  { name: '$top', description: 'Items on a page, 1,000 at most.', schema: { type: 'integer', minimum: 1 } },
  {
    name: '$skip',
    description: 'Where the page begins: what the nextLink of the page before says.',
    schema: { type: 'string', pattern: '^[A-Za-z0-9_.-]{1,255}$' },
  },
];

/** The headers of every change that may be bound to the version that it means. */
export const conditionHeaders: readonly Parameter[] = [
  {
    name: 'If-Match',
    description:
      'The ETag of the version that is meant, or * for any: where it is another one, nothing is done.',
    schema: { type: 'string' },
  },
  {
    name: 'If-None-Match',
    description: '* where it has to be new.',
    schema: { type: 'string' },
  },
];

/** The parameter of a deletion that may meet running jobs. */
export const forceParameter: Parameter = {
  name: 'force',
  description: 'Whether jobs that run are cancelled first; without it, they are in the way.',
  schema: { type: 'boolean' },
};

/** The header that asks for a part of a file. */
export const rangeHeaders: readonly Parameter[] = [
  { name: 'Range', description: 'One range of bytes, like bytes=0-99.', schema: { type: 'string' } },
];

/** An operation with the name of the function that does it. */
export type NamedOperation = (Operation | OpenOperation) & { readonly name: string };

/** All operations, in the order in which their modules are loaded. */
export const operations: NamedOperation[] = [];

/** What operations have in common that show what changes. */
export const reading = { audience: 'management', role: 'Endpoints.Read' } as const;

/** What operations have in common that change it. */
export const writing = {
  audience: 'management',
  role: 'Endpoints.Write',
  headers: conditionHeaders,
} as const;
