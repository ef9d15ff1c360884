import type { ErrorCode } from '../../../shared/errors/catalogue';
import { answerSchemas } from '../../../shared/schemas/answers';
import { contents, type AnswerHeader, type AnswerName, type NamedOperation } from '../operation';
import { schemaRef } from './components';
import { refusalsOf } from './refusals';

const text = { type: 'string' };

const headerObjects: Readonly<
  Record<AnswerHeader | 'WWW-Authenticate', { description: string; schema: object }>
> = {
  ETag: { description: 'The version of what is answered, for If-Match.', schema: text },
  Location: { description: 'Where to ask whether it is done.', schema: text },
  'Azure-AsyncOperation': { description: 'Where the state of the operation is told.', schema: text },
  'x-ms-retry-after-ms': { description: 'Milliseconds after which to ask.', schema: text },
  'Retry-After': { description: 'Seconds after which to ask.', schema: text },
  'Accept-Ranges': { description: 'That a part can be asked for.', schema: text },
  'Content-Range': { description: 'Which part it is, and of how many bytes.', schema: text },
  'Content-Disposition': { description: 'That it is to be kept as a file.', schema: text },
  'WWW-Authenticate': { description: 'How to prove who one is.', schema: text },
};

const successes: Readonly<Record<string, string>> = {
  200: 'Done.',
  201: 'Made.',
  202: 'Taken up.',
  204: 'Nothing was there.',
  206: 'The part that was asked for.',
  304: 'It has not changed.',
};

/** Resources that change: their answers have an ETag. */
const changing: readonly AnswerName[] = [
  'Endpoint',
  'Deployment',
  'Compute',
  'Datastore',
  'Schedule',
  'Trigger',
  'ModelVersion',
  'CodeVersion',
  'EnvironmentVersion',
  'DataVersion',
];

/** The answers of an operation by their status: those where all goes well, and its refusals. */
export function responsesOf(operation: NamedOperation): Record<string, object> {
  const good = Object.entries(operation.answers).map(([status, given]) => {
    const names: readonly AnswerName[] = typeof given === 'string' ? [given] : given;
    const asked = operation.answerHeaders?.[Number(status) as keyof typeof operation.answers] ?? [];
    const headers = [...new Set([...names.flatMap((name) => headersOf(name, status)), ...asked])];
    return [
      status,
      { description: successes[status] ?? 'Done.', ...headersIn(headers), ...contentOf(names) },
    ];
  });
  const bad = [...refusalsOf(operation)].map(([status, codes]) => [
    status,
    refusal(operation, status, codes),
  ]);
  const all = [...good, ...bad, ['5XX', { $ref: '#/components/responses/Failed' }]];
  return Object.fromEntries(all) as Record<string, object>;
}

/** The titles of the schemas of which an operation answers lists. */
export function listedBy({ answers }: NamedOperation): string[] {
  const names: AnswerName[] = Object.values(answers).flatMap((given) => given);
  return names
    .filter((name) => name.endsWith('List') && !(name in answerSchemas))
    .map((name) => name.slice(0, -'List'.length));
}

function headersOf(name: AnswerName, status: string): AnswerHeader[] {
  if (changing.includes(name)) return ['ETag'];
  if (name === 'Bytes') return status === '206' ? ['Accept-Ranges', 'Content-Range'] : ['Accept-Ranges'];
  return [];
}

function headersIn(names: readonly (keyof typeof headerObjects)[]): object {
  if (names.length === 0) return {};
  return { headers: Object.fromEntries(names.map((name) => [name, headerObjects[name]])) };
}

function contentOf(names: readonly AnswerName[]): object {
  const entries = names.flatMap((name): [string, object][] => {
    if (!isContent(name)) return [['application/json', { schema: schemaRef(name) }]];
    const type = contents[name];
    if (type === undefined) return [];
    return [[type, name === 'Json' ? { schema: { type: 'object' } } : {}]];
  });
  return entries.length === 0 ? {} : { content: Object.fromEntries(entries) };
}

function isContent(name: AnswerName): name is keyof typeof contents {
  return name in contents;
}

const envelope = { 'application/json': { schema: schemaRef('ErrorEnvelope') } };

function refusal(operation: NamedOperation, status: number, codes: readonly ErrorCode[]): object {
  const page = 'refusalContent' in operation && operation.refusalContent !== undefined;
  return {
    description: codes.join(', '),
    ...(status === 401 && !page ? headersIn(['WWW-Authenticate']) : {}),
    content: { ...envelope, ...(page ? { [contents.Html]: {} } : {}) },
    'x-error-codes': codes,
  };
}

/** The answer where something is wrong that the client cannot mend. */
export const failed = {
  description: 'The host, or a store that it needs, is not in order.',
  content: envelope,
};
