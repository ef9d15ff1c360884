import { failure } from '../errors/batchpointError';

/** What may stand in the output of a trigger, in braces, for a part of the path. */
export const outputPlaces = ['name', 'path', 'date', 'trigger', 'job'] as const;

export type OutputPlaces = Readonly<Record<(typeof outputPlaces)[number], string>>;

/** The path of the predictions file of one job. A folder that is empty, as `{path}` may be, is left out. */
export function filledOutput(template: string, places: OutputPlaces): string {
  // A file: URI is read once more, and what is put into it has to come out as it is.
  const isEscaped = /^file:/i.test(template);
  const put = (text: string): string =>
    isEscaped ? text.split('/').map(encodeURIComponent).join('/') : text;
  return template.replace(/\{(\w+)\}(\/?)/g, (_whole, place: keyof OutputPlaces, slash: string) =>
    places[place] === '' ? '' : `${put(places[place])}${slash}`,
  );
}

/** What stands in a template before its first place: what all outputs begin with. */
export function fixedPart(template: string): string {
  return template.split('{', 1)[0] ?? '';
}

/**
 * Checks that a template names only what there is, and that no two jobs write one file. Outputs of other endpoints all
 * have one name, so that only the job tells theirs apart. Fails with `TriggerOutputInvalid`.
 */
export function checkOutputTemplate(template: string, watches: 'files' | 'outputs'): void {
  const refuse = (reason: string): Error =>
    failure('TriggerOutputInvalid', { output: template, reason }, { place: { field: 'properties.output' } });
  const known: readonly string[] = outputPlaces;
  const named = [...template.matchAll(/\{([^{}]*)\}/g)].map(([, place = '']) => place);
  const unknown = named.find((place) => !known.includes(place));
  const there = outputPlaces.map((place) => `{${place}}`).join(', ');
  if (unknown !== undefined) throw refuse(`{${unknown}} is not known, and there are ${there}`);
  if (/[{}]/.test(template.replace(/\{[^{}]*\}/g, ''))) throw refuse('one of its braces has no other');
  // A path of this machine loses the slash at its end before anybody else could tell.
  if (template.endsWith('/')) throw refuse('it has to be the path of a file');
  const apart = watches === 'files' ? ['name', 'job'] : ['job'];
  if (apart.some((place) => named.includes(place))) return;
  const needed = apart.map((place) => `{${place}}`).join(' or ');
  throw refuse(`several jobs would write one file, unless ${needed} is in it`);
}
