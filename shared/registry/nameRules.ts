import { assetNamePattern, jobNamePattern, resourceNamePattern } from '../domain/names';
import { failure } from '../errors/batchpointError';

const rules = {
  endpoint: resourceRule(),
  deployment: resourceRule(),
  compute: resourceRule(),
  datastore: rule('^[a-zA-Z0-9_]{1,255}$', '1 to 255 letters, digits and underscores'),
  asset: rule(
    assetNamePattern,
    "1 to 255 letters, digits, '-', '_' and '.', starting with a letter or digit",
  ),
  version: rule('^[a-zA-Z0-9][-a-zA-Z0-9._]{0,29}$', "1 to 30 letters, digits, '-', '_' and '.'"),
  job: rule(jobNamePattern, "1 to 255 letters, digits, '-' and '_', starting with a letter or digit"),
} as const;

/** Refuses with `NameInvalid` a name that its kind of resource cannot have; `label` says which kind in messages. */
export function checkName(kind: keyof typeof rules, name: string, label: string = kind): void {
  const { pattern, words } = rules[kind];
  if (!pattern.test(name) || (words === resourceWords && (name.length < 3 || name.length > 32))) {
    throw failure('NameInvalid', { name, kind: `a ${label}`.replace(/^a (?=[aeiou])/, 'an '), rule: words });
  }
}

const resourceWords =
  "3 to 32 letters, digits and '-', starting with a letter and ending with a letter or digit";

function resourceRule(): { pattern: RegExp; words: string } {
  return { pattern: new RegExp(resourceNamePattern), words: resourceWords };
}

function rule(pattern: string, words: string): { pattern: RegExp; words: string } {
  return { pattern: new RegExp(pattern), words };
}
