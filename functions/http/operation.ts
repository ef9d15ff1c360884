import type { HttpMethod } from '@azure/functions';
import type { Role } from '../../shared/security/roles';
import type { Audience } from '../../shared/security/audiences';
import type { BodyName } from '../../shared/schemas/restBodies';

/** What an answer holds, by the name that its schema has in the description of the API. */
export type AnswerName =
  | 'Endpoint'
  | 'EndpointList'
  | 'Deployment'
  | 'DeploymentList'
  | 'Job'
  | 'JobList'
  | 'JobFileList'
  | 'JobEvents'
  | 'AssetVersion'
  | 'AssetVersionList'
  | 'AssetContainer'
  | 'AssetContainerList'
  | 'Compute'
  | 'ComputeList'
  | 'Datastore'
  | 'DatastoreList'
  | 'Bytes'
  | 'Nothing';

/** What a function of the API is, for whoever calls it: the description of the API is made from this. */
export interface Operation {
  readonly methods: HttpMethod[];
  /** Below the workspace. */
  readonly path: string;
  /** Whom the token has to be for. */
  readonly audience: Audience;
  /** What the caller has to be allowed; for a path below an endpoint, for that one. */
  readonly role: Role;
  /**
   * Where the path names no endpoint, but what it leads to belongs to one: who has the role for any endpoint is let in,
   * and the function looks for which, by `allows` and `require` of its call.
   */
  readonly ofEndpoints?: true;
  /** One line for people. */
  readonly summary: string;
  /** What is sent, by the name of its check; a PATCH sends a part of it. */
  readonly body?: BodyName;
  /** Parameters of the query beside those that every operation has. */
  readonly query?: readonly QueryParameter[];
  /** What is answered where all goes well, by status. */
  readonly answers: Readonly<Partial<Record<200 | 201 | 202 | 204 | 206, AnswerName>>>;
}

/** A parameter of the query. */
export interface QueryParameter {
  readonly name: string;
  readonly description: string;
  readonly schema: { readonly type: 'string' | 'integer' | 'boolean'; readonly minimum?: number };
}

/** The parameters of every list that has pages. */
export const pageParameters: readonly QueryParameter[] = [
  { name: '$top', description: 'Items on a page, 1,000 at most.', schema: { type: 'integer', minimum: 1 } },
  {
    name: '$skip',
    description: 'Where the page begins: what the nextLink of the page before says.',
    schema: { type: 'string' },
  },
];

/** An operation with the name of the function that does it. */
export interface NamedOperation extends Operation {
  readonly name: string;
}

/** All operations, in the order in which their modules are loaded. */
export const operations: NamedOperation[] = [];
