// Writes the TypeScript types of all JSON Schemas of a folder into its generated.ts. The schemas are the source.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { compile } from 'json-schema-to-typescript';
import * as prettier from 'prettier';

const folders = ['shared/schemas/rest', 'shared/schemas/answers', 'shared/schemas/files'];

/** The folder of which the checks fill defaults in. */
const filledFolder = 'shared/schemas/rest';

/** What has a default is always there once a value is checked, and the types are those of checked values. */
function requireDefaults(schema) {
  if (typeof schema !== 'object' || schema === null) return schema;
  for (const inner of Object.values(schema)) requireDefaults(inner);
  const filled = Object.entries(schema.properties ?? {}).filter(([, one]) => one.default !== undefined);
  if (schema.type === 'object' && filled.length > 0) {
    schema.required = [...new Set([...(schema.required ?? []), ...filled.map(([key]) => key)])];
  }
  return schema;
}

/** Puts a part of another schema where it is referred to: only whole schemas have types of their own. */
function inlineParts(schema, folder) {
  if (typeof schema !== 'object' || schema === null) return schema;
  const [, file, pointer] = /^(.+\.json)#\/(.+)$/.exec(schema.$ref ?? '') ?? [];
  if (file !== undefined) {
    const whole = readSchema(folder, file);
    const part = pointer.split('/').reduce((inner, key) => inner[key], whole);
    return inlineParts(part, join(folder, dirname(file)));
  }
  for (const [key, inner] of Object.entries(schema)) schema[key] = inlineParts(inner, folder);
  return schema;
}

function readSchema(folder, file) {
  return JSON.parse(readFileSync(join(folder, file), 'utf8'));
}

export async function generate(folder) {
  const parts = [];
  for (const file of readdirSync(folder).sort()) {
    if (!file.endsWith('.schema.json')) continue;
    const whole = inlineParts(readSchema(folder, file), folder);
    const schema = folder === filledFolder ? requireDefaults(whole) : whole;
    // Another schema of the folder gets its type from its own file.
    const references = { cwd: folder, declareExternallyReferenced: false };
    parts.push(
      await compile(schema, schema.title, {
        bannerComment: '',
        additionalProperties: false,
        format: false,
        ...references,
      }),
    );
  }
  const text = `// Generated from the schemas beside it by \`npm run schemas\`. Do not edit.\n\n${parts.join('\n')}`;
  const options = await prettier.resolveConfig(folder);
  return prettier.format(text, { ...options, parser: 'typescript' });
}

if (process.argv[1] === import.meta.filename) {
  for (const folder of folders) writeFileSync(join(folder, 'generated.ts'), await generate(folder));
}
