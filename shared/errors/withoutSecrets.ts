const hidden = '***';

/** Names that stand before a secret in connection strings, queries, headers and JSON. */
const names = [
  'sig',
  'AccountKey',
  'SharedAccessSignature',
  'SharedAccessKey',
  'sasToken',
  'connectionString',
  'access_?token',
  'refresh_?token',
  'id_?token',
  'client_?secret',
  'api_?key',
  'password',
  'pwd',
].join('|');

/**
 * What is taken out of a text, by what is put in its place. Each looks for a shape that a secret has: what it is
 * a secret of need not be known here.
 */
const patterns: readonly (readonly [shape: RegExp, replacement: string])[] = [
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*-----|$)/g, hidden],
  [new RegExp(`(\\b|%[0-9A-F]{2})(${names})(=|%3D)[^&;\\s"'<>\\\\]+`, 'gi'), `$1$2$3${hidden}`],
  [new RegExp(`("(?:${names})"\\s*:\\s*")(?:[^"\\\\]|\\\\.)*`, 'gi'), `$1${hidden}`],
  // The same in JSON that is a text of JSON.
  [new RegExp(`(\\\\"(?:${names})\\\\"\\s*:\\s*\\\\")(?:[^"\\\\]|\\\\[^"])*`, 'gi'), `$1${hidden}`],
  // The keys of a page, of a function and of the durable extension.
  [/([?&](?:token|code)=)[^&;\s"'<>\\]+/gi, `$1${hidden}`],
  [/\b(Authorization\\?["']?\s*[:=]\s*\\?["']?\w+)\s+[^\s"'<>,\\]+/gi, `$1 ${hidden}`],
  [/\b(SharedKey(?:Lite)?)\s+[^\s"'<>,\\]+/gi, `$1 ${hidden}`],
  // In prose these two are words of their own.
  [/\b(Bearer|Basic)\s+[^\s"'<>,\\]{16,}/gi, `$1 ${hidden}`],
  // Keys by which webhooks are signed.
  [/\bwhsec_[A-Za-z0-9+/]+={0,2}/g, hidden],
  [/\beyJ[\w-]{8,}\.[\w-]+\.[\w-]*/g, hidden],
  [/(:\/\/)[^\s/?#@"'<>]*:[^\s/?#@"'<>]*@/g, `$1${hidden}@`],
  // A token alone, as the indexes of packages take it.
  [/\b(https?:\/\/)[^\s/?#@"'<>]+@/gi, `$1${hidden}@`],
  // Keys of storage accounts, and signatures made with them.
  [/(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{86}==/g, hidden],
  [/(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{43}=(?!=)/g, hidden],
];

/**
 * Takes out of a text what opens something: tokens, keys, signatures, passwords. Every text passes through here that
 * goes into a log, an error, or an answer that tells of one.
 */
export function withoutSecrets(text: string): string {
  return patterns.reduce((cleaned, [shape, replacement]) => cleaned.replace(shape, replacement), text);
}
