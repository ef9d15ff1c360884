import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import type { Answer } from './hostRequest';

interface Content {
  readonly schema?: object;
}

interface Response {
  readonly $ref?: string;
  readonly content?: Readonly<Record<string, Content>>;
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly 'x-error-codes'?: readonly string[];
}

/** An operation of the description, as far as tests look at it. */
export interface DescribedOperation {
  readonly operationId: string;
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
  readonly requestBody?: { readonly content: Readonly<Record<string, Content & { example?: unknown }>> };
  readonly responses: Readonly<Record<string, Response>>;
  readonly 'x-audience'?: string;
}

/** The description of the API. */
export interface Document {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly components: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** Where the schemas of a description are found by a check of them. */
const id = 'description';

/** What a host says of its API, to hold its answers against. */
export class Description {
  private readonly ajv = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true });
  private readonly checks = new Map<string, ValidateFunction>();

  constructor(readonly document: Document) {
    addFormats(this.ajv);
    this.ajv.addVocabulary(['components', 'example']);
    this.ajv.addSchema({ $id: id, components: { schemas: document.components['schemas'] } });
  }

  /** Every operation with its method and path. */
  operations(): { method: string; path: string; operation: DescribedOperation }[] {
    return Object.entries(this.document.paths).flatMap(([path, item]) =>
      Object.entries(item)
        .filter(([key]) => key !== 'parameters')
        .map(([method, operation]) => ({
          method: method.toUpperCase(),
          path,
          operation: operation as DescribedOperation,
        })),
    );
  }

  /** The operation that a request is for. */
  operationOf(method: string, target: string): DescribedOperation | undefined {
    const [path = ''] = target.split('?');
    const fitting = this.operations().filter((one) => one.method === method && fits(one.path, path));
    // As hosts do, where the path of one is a part of what another one takes.
    return fitting.sort((one, other) => placesIn(one.path) - placesIn(other.path))[0]?.operation;
  }

  /** What an answer has that its description does not say; nothing where they fit. */
  faults(method: string, target: string, { status, headers, body }: Answer): string[] {
    const operation = this.operationOf(method, target);
    if (operation === undefined) return [];
    const name = operation.operationId;
    const response = this.responseOf(operation, status);
    if (response === undefined) return [`${name} does not say that it answers ${status}: ${body}`];
    const missing = Object.keys(response.headers ?? {}).filter((key) => !(key.toLowerCase() in headers));
    if (missing.length > 0) return [`${name} answers ${status} without ${missing.join(', ')}`];
    if (body === '')
      return response.content === undefined || method === 'HEAD' ? [] : this.empty(name, response);
    const [type = ''] = (headers['content-type'] ?? '').split(';');
    const content = response.content?.[type];
    if (content === undefined) return [`${name} does not say that it answers ${status} with '${type}'`];
    if (content.schema === undefined) return [];
    const value = JSON.parse(body) as unknown;
    return [
      ...this.schemaFaults(content.schema, value).map((fault) => `${name} answers ${status}: ${fault}`),
      ...unknownCode(name, response, value),
    ];
  }

  /** What of a value does not fit a schema of the description. */
  schemaFaults(schema: object, value: unknown): string[] {
    const key = JSON.stringify(schema).replaceAll('"#/', `"${id}#/`);
    const check = this.checks.get(key) ?? this.ajv.compile(JSON.parse(key) as object);
    this.checks.set(key, check);
    if (check(value)) return [];
    return (check.errors ?? []).map(
      ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
    );
  }

  private responseOf({ responses }: DescribedOperation, status: number): Response | undefined {
    const response = responses[status] ?? responses[`${Math.floor(status / 100)}XX`];
    if (response?.$ref === undefined) return response;
    return this.document.components['responses']?.[response.$ref.split('/').at(-1) ?? ''] as Response;
  }

  private empty(name: string, { content = {} }: Response): string[] {
    const types = Object.keys(content).filter((type) => type === 'application/json');
    return types.length === 0 ? [] : [`${name} answers nothing where its description has JSON`];
  }
}

function unknownCode(name: string, response: Response, value: unknown): string[] {
  const codes = response['x-error-codes'];
  const { error } = value as { error?: { code?: string } };
  if (codes === undefined || codes.includes(error?.code ?? '')) return [];
  return [`the 'refusals' of ${name} do not name the error ${error?.code}`];
}

function fits(template: string, path: string): boolean {
  const source = template
    .split(/(\{\w+\})/)
    .map((part) => {
      if (part === '{file}') return '.*';
      return part.startsWith('{') ? '[^/]+' : part.replace(/[.*+?^$()|[\]\\]/g, '\\$&');
    })
    .join('');
  return new RegExp(`^${source}/?$`, 'i').test(path);
}

function placesIn(template: string): number {
  return template.split('{').length;
}
