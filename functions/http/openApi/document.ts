import { version } from '../../../package.json';
import { bodySchemas, type BodyName } from '../../../shared/schemas/restBodies';
import { audiences } from '../../../shared/security/audiences';
import type { NamedOperation } from '../operation';
import { routeOf } from '../routes';
import { bodyTitle, patchTitle, schemaComponents, schemaRef } from './components';
import { otherParameters, parameterComponents, pathParameters, pathTemplate } from './parameters';
import { failed, listedBy, responsesOf } from './responses';

/** The description of the API in OpenAPI 3.1: what the operations say of themselves, and the schemas that checks use. */
export function openApiDocument(operations: readonly NamedOperation[]): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const operation of operations) {
    const template = pathTemplate(routeOf(operation));
    const item = (paths[template] ??= { parameters: pathParameters(template) });
    for (const method of operation.methods) item[method.toLowerCase()] = operationObject(operation, method);
  }
  const bodiesOf = (patching: boolean): Set<BodyName> =>
    new Set(
      operations
        .filter(({ methods }) => methods.some((method) => (method === 'PATCH') === patching))
        .flatMap(({ body }) => body ?? []),
    );
  return {
    openapi: '3.1.0',
    info: {
      title: 'Batchpoint',
      version,
      summary: 'Batch endpoints for batch scoring.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/', description: 'The host that serves this description.' }],
    paths,
    components: {
      schemas: schemaComponents({
        whole: bodiesOf(false),
        patched: bodiesOf(true),
        listed: new Set(operations.flatMap(listedBy)),
      }),
      parameters: parameterComponents(),
      responses: { Failed: failed },
      securitySchemes,
    },
  };
}

const securitySchemes = {
  token: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description:
      "A token for the audience that 'x-audience' of the operation names, with the role that it lists. On a laptop " +
      "'batchpoint account get-access-token' gives one.",
  },
  link: {
    type: 'apiKey',
    in: 'query',
    name: 'token',
    description: "What stands in the link of a job's page; it is good for that job alone, for a day.",
  },
};

function operationObject(operation: NamedOperation, method: string): object {
  const { name, methods, summary, body } = operation;
  return {
    operationId: methods.length === 1 ? name : `${name}${method}`,
    summary,
    ...accessOf(operation),
    parameters: otherParameters(operation),
    ...(body === undefined ? {} : { requestBody: bodyObject(body, method) }),
    responses: responsesOf(operation),
  };
}

function accessOf(operation: NamedOperation): object {
  if ('audience' in operation) {
    return {
      tags: [operation.audience],
      security: [{ token: [operation.role] }],
      'x-audience': audiences[operation.audience],
    };
  }
  return { tags: ['open'], security: operation.access === 'link' ? [{ link: [] }] : [] };
}

function bodyObject(body: NonNullable<NamedOperation['body']>, method: string): object {
  const schema = schemaRef(method === 'PATCH' ? patchTitle(body) : bodyTitle(body));
  const { examples } = bodySchemas[body] as { examples?: readonly unknown[] };
  const [example] = examples ?? [];
  return {
    required: true,
    content: { 'application/json': { schema, ...(example === undefined ? {} : { example }) } },
  };
}
