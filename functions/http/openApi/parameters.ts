import {
  assetNamePattern,
  jobNamePattern,
  resourceNamePattern,
  scheduleNamePattern,
} from '../../../shared/domain/names';
import type { Audience } from '../../../shared/security/audiences';
import { notificationIdPattern } from '../../../shared/notifications/sentNotification';
import { apiVersions } from '../apiVersions';
import type { NamedOperation, Parameter } from '../operation';

/** What stands in a path, by the name of its place in a route. */
interface PathPart {
  readonly description: string;
  readonly pattern?: string;
  readonly maxLength?: number;
  readonly example: string;
}

const free = '^[^/?#]+$';

const pathParts: Readonly<Record<string, PathPart>> = {
  subscription: { description: 'The subscription; any.', pattern: free, example: 'local' },
  group: { description: 'The resource group; any.', pattern: free, example: 'local' },
  workspace: { description: 'The workspace; any.', pattern: free, example: 'local' },
  endpoint: resource('The name of an endpoint.', 'heart-classifier'),
  deployment: resource('The name of a deployment.', 'main'),
  compute: resource('The name of a compute.', 'cpu'),
  datastore: {
    description: 'The name of a datastore.',
    pattern: '^[a-zA-Z0-9_]+$',
    maxLength: 255,
    example: 'workspaceblobstore',
  },
  schedule: {
    description: 'The name of a schedule.',
    pattern: scheduleNamePattern,
    maxLength: 200,
    example: 'nightly',
  },
  trigger: resource('The name of a trigger.', 'score-arrivals'),
  name: { description: 'The name of an asset.', pattern: assetNamePattern, example: 'heart-classifier' },
  version: {
    description: 'The version of an asset.',
    pattern: '^[a-zA-Z0-9][-a-zA-Z0-9._]*$',
    maxLength: 30,
    example: '1',
  },
  notification: {
    description: 'The name of a notification.',
    pattern: notificationIdPattern,
    example: '98205000000000-0123456789abcdef01234567',
  },
  job: { description: 'The name of a job.', pattern: jobNamePattern, example: 'heart-classifier-1' },
  location: { description: 'The region; any.', pattern: free, example: 'local' },
  operation: { description: 'The id of an operation.', pattern: free, example: '01794000000000-7d3c' },
  experiment: { description: 'The experiment of a job; any.', pattern: free, example: 'heart-classifier' },
  file: {
    description: 'The name of a file of a job. The slashes in it stand in the path as they are.',
    example: 'logs/job_result.txt',
  },
};

function resource(description: string, example: string): PathPart {
  return { description, pattern: resourceNamePattern, maxLength: 32, example };
}

/** The template of a path as OpenAPI writes it: what takes the rest of a path is a parameter like others. */
export function pathTemplate(route: string): string {
  return `/${route.replaceAll('{*', '{')}`;
}

/** The parameters of a path, from its template: references to those that all paths share. */
export function pathParameters(template: string): object[] {
  return [...template.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => {
    if (!(name in pathParts)) throw new Error(`It is not said what {${name}} of the path ${template} is.`);
    return { $ref: `#/components/parameters/${name}` };
  });
}

/** What may stand in paths, by name. */
export function parameterComponents(): Record<string, object> {
  const parameters = Object.entries(pathParts).map(([name, { description, example, ...limits }]) => [
    name,
    { name, in: 'path', required: true, description, schema: { type: 'string', ...limits }, example },
  ]);
  return Object.fromEntries(parameters) as Record<string, object>;
}

function apiVersion(audience: Audience): Parameter {
  return {
    name: 'api-version',
    description: 'The version of the API that the client was written for; the newest where it is left out.',
    schema: { type: 'string', enum: apiVersions[audience] },
  };
}

/** The parameters of the query and the headers that an operation looks at. */
export function otherParameters(operation: NamedOperation): object[] {
  const { query = [], headers = [] } = operation;
  const asked = 'audience' in operation ? [apiVersion(operation.audience), ...query] : query;
  return [
    ...asked.map((one) => ({ ...one, in: 'query', required: false })),
    ...headers.map((one) => ({ ...one, in: 'header', required: false })),
  ];
}
