import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '../../shared/schemas/files');

/** The kinds of files in the order of the page, with the commands that read them. */
const kinds = [
  ['Endpoint', 'batchEndpoint', ['endpoint create', 'batch-endpoint create', 'batch-endpoint update']],
  [
    'Deployment',
    'batchDeployment',
    ['batch-deployment create', 'batch-deployment update', 'endpoint update', 'endpoint create'],
  ],
  ['Model', 'model', ['model create']],
  ['Environment', 'environment', ['environment create']],
  ['Data asset', 'data', ['data create']],
  ['Compute', 'compute', ['compute create']],
  ['Datastore', 'datastore', ['datastore create']],
  ['Invocation', 'invocation', ['batch-endpoint invoke']],
];

/** The kinds of files with the keys that their schemas have, in dots. Deployments in an endpoint's file are deployments. */
export function filesOf() {
  return kinds.map(([title, schema, commands]) => {
    const keys = keysOf(read(`${schema}.schema.json`), '').filter((key) => !key.startsWith('deployments.'));
    return { title, schema, commands, keys: [...new Set(keys)] };
  });
}

/** A schema, or the part of it that stands behind a `#`. */
function read(reference) {
  const [file, pointer = ''] = reference.split('#');
  const parts = pointer.split('/').filter((part) => part !== '');
  return parts.reduce((inner, part) => inner[part], JSON.parse(readFileSync(join(folder, file), 'utf8')));
}

function keysOf(schema, prefix) {
  const { $ref, properties = {}, items, additionalProperties, allOf = [] } = schema;
  if ($ref !== undefined) return keysOf(read($ref), prefix);
  const own = Object.entries(properties).flatMap(([key, inner]) => [
    `${prefix}${key}`,
    ...keysOf(inner, `${prefix}${key}.`),
  ]);
  const listed = items === undefined ? [] : keysOf(items, prefix);
  // What a mapping holds under names of the user's own.
  const named =
    typeof additionalProperties === 'object' ? keysOf(additionalProperties, `${prefix}<name>.`) : [];
  return [...own, ...listed, ...named, ...allOf.flatMap((part) => keysOf(part, prefix))];
}
