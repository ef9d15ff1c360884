/** The formats of output, by the names that `--output` takes. */
export const formats = ['json', 'jsonc', 'yaml', 'yamlc', 'table', 'tsv', 'none'] as const;

export type Format = (typeof formats)[number];
