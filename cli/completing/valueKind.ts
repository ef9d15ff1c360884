import type { AnyCommand } from '../commands/command';
import type { Option } from '../commands/options';

/** What the value of an option names. */
export type ValueKind =
  | 'file'
  | 'folder'
  | 'endpoint'
  | 'deployment'
  | 'job'
  | 'model'
  | 'data'
  | 'environment'
  | 'compute'
  | 'datastore'
  | 'schedule'
  | 'notification'
  | 'trigger'
  | 'version';

/** By the placeholder that the value has in the help, such as `--file <file>`. */
const byPlaceholder: Readonly<Record<string, ValueKind>> = {
  file: 'file',
  path: 'file',
  folder: 'folder',
  endpoint: 'endpoint',
  deployment: 'deployment',
  job: 'job',
  schedule: 'schedule',
  datastore: 'datastore',
  version: 'version',
};

/** By the option where the placeholder says only that it is a name. */
const byOption: Readonly<Record<string, ValueKind>> = {
  '--endpoint-name': 'endpoint',
  '--deployment-name': 'deployment',
};

/** What `--name` names in the commands of a group. */
const byGroup: Readonly<Record<string, ValueKind>> = {
  endpoint: 'endpoint',
  'batch-endpoint': 'endpoint',
  'batch-deployment': 'deployment',
  job: 'job',
  model: 'model',
  data: 'data',
  environment: 'environment',
  compute: 'compute',
  datastore: 'datastore',
  schedule: 'schedule',
  trigger: 'trigger',
  notification: 'notification',
};

/** What the value of an option of a command names; `undefined` where nobody can know. */
export function kindOfValue({ path }: AnyCommand, { flags }: Option<unknown>): ValueKind | undefined {
  const [group = '', verb] = path.split(' ');
  const placeholder = /<([a-z]+)/.exec(flags)?.[1] ?? '';
  // What is to be made has no name yet.
  const isNew = verb === 'create' && (placeholder === 'version' || /(?:^|, )--name /.test(flags));
  if (isNew) return undefined;
  const option = Object.keys(byOption).find((one) => flags.includes(one));
  if (option !== undefined) return byOption[option];
  if (/(?:^|, )--name /.test(flags)) return byGroup[group];
  return Object.hasOwn(byPlaceholder, placeholder) ? byPlaceholder[placeholder] : undefined;
}
