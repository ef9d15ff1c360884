/** What of the host's own environment a scoring process gets: where programs and texts are, and no more. */
const allowed = [
  'PATH',
  'HOME',
  'LANG',
  'LANGUAGE',
  'TZ',
  'TMPDIR',
  'LD_LIBRARY_PATH',
  'CUDA_VISIBLE_DEVICES',
];

/** The part of an environment that may reach a script. Storage keys, tokens and identity endpoints never do. */
export function scriptEnvironment(host: NodeJS.ProcessEnv): Record<string, string> {
  return pick(host, (name) => allowed.includes(name) || name.startsWith('LC_'));
}

/** The environment of an installer: that of a script, and how packages are reached from this machine. */
export function installerEnvironment(host: NodeJS.ProcessEnv): Record<string, string> {
  const network = /^(?:PIP_.*|UV_.*|(?:https?|no|all)_proxy|SSL_CERT_(?:FILE|DIR)|REQUESTS_CA_BUNDLE)$/i;
  return { ...scriptEnvironment(host), ...pick(host, (name) => network.test(name)) };
}

function pick(host: NodeJS.ProcessEnv, wanted: (name: string) => boolean): Record<string, string> {
  const entries = Object.entries(host).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return Object.fromEntries(entries.filter(([name]) => wanted(name)));
}
