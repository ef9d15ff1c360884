/** What every asset may carry for people. None of it has to do with its content. */
export interface AssetLabels {
  readonly description?: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly properties: Readonly<Record<string, string>>;
  /** An archived asset is left out of lists, and is never the newest version; it can be used all the same. */
  readonly isArchived?: boolean;
  /** Of a model: how far it has come, in the user's own words. */
  readonly stage?: string;
}

/** What is to change of the labels: what is not there stays, `null` takes away. */
export interface LabelChange {
  readonly description?: string | null | undefined;
  readonly tags?: Readonly<Record<string, string | null>> | undefined;
  /** Clients send numbers here too; they are kept as text. */
  readonly properties?: Readonly<Record<string, string | number | null>> | undefined;
  readonly isArchived?: boolean | undefined;
  readonly stage?: string | null | undefined;
}

/** Labels of a body, without what is empty. */
export function labelsOf(body: LabelChange): AssetLabels {
  return changedLabels({ tags: {}, properties: {} }, body);
}

/** Something with the changes to its labels made. */
export function changedLabels<T extends Partial<AssetLabels>>(present: T, change: LabelChange): T {
  const { tags, properties, isArchived, ...texts } = change;
  const changed = new Map<string, unknown>(Object.entries(present));
  if (tags !== undefined) changed.set('tags', textValues(tags));
  if (properties !== undefined) changed.set('properties', textValues(properties));
  if (isArchived === true) changed.set('isArchived', true);
  if (isArchived === false) changed.delete('isArchived');
  for (const key of ['description', 'stage'] as const) {
    const text = texts[key];
    if (text === null) changed.delete(key);
    else if (text !== undefined) changed.set(key, text);
  }
  return Object.fromEntries(changed) as T;
}

function textValues(values: Readonly<Record<string, string | number | null>>): Record<string, string> {
  const given = Object.entries(values).filter(([, value]) => value !== null);
  return Object.fromEntries(given.map(([key, value]) => [key, String(value)]));
}
