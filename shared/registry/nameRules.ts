import { assetNamePattern, jobNamePattern, resourceNamePattern, scheduleNamePattern } from '../domain/names';
import { failure } from '../errors/batchpointError';

interface NameRule {
  readonly pattern: RegExp;
  readonly words: string;
  readonly longest: number;
}

const resource: NameRule = {
  pattern: new RegExp(resourceNamePattern),
  words: "3 to 32 letters, digits and '-', starting with a letter and ending with a letter or digit",
  longest: 32,
};

const rules = {
  endpoint: resource,
  deployment: resource,
  compute: resource,
  trigger: resource,
  datastore: {
    pattern: /^[a-zA-Z0-9_]+$/,
    words: '1 to 255 letters, digits and underscores',
    longest: 255,
  },
  asset: {
    pattern: new RegExp(assetNamePattern),
    words: "1 to 255 letters, digits, '-', '_' and '.', starting with a letter or digit",
    longest: 255,
  },
  version: {
    pattern: /^[a-zA-Z0-9][-a-zA-Z0-9._]*$/,
    words: "1 to 30 letters, digits, '-', '_' and '.'",
    longest: 30,
  },
  schedule: {
    pattern: new RegExp(scheduleNamePattern),
    words: "1 to 200 letters, digits, '-' and '_', starting with a letter or digit",
    longest: 200,
  },
  job: {
    pattern: new RegExp(jobNamePattern),
    words: "1 to 255 letters, digits, '-' and '_', starting with a letter or digit",
    longest: 255,
  },
} as const satisfies Record<string, NameRule>;

/** Refuses with `NameInvalid` a name that its kind of resource cannot have; `label` says which kind in messages. */
export function checkName(kind: keyof typeof rules, name: string, label: string = kind): void {
  const { pattern, words, longest } = rules[kind];
  if (pattern.test(name) && name.length <= longest) return;
  const article = /^[aeiou]/.test(label) ? 'an' : 'a';
  throw failure('NameInvalid', { name, kind: `${article} ${label}`, rule: words });
}
