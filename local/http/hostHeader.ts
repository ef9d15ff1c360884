const ownNames = ['127.0.0.1', 'localhost', '[::1]'];

/**
 * True when a request was meant for this host. A page of the web can make a browser send requests here, under a name
 * of its own that leads to 127.0.0.1; that name stands in the header then.
 */
export function isOwnHost(header: string | undefined, port: number, defaultPort = 80): boolean {
  if (header === undefined) return false;
  const match = /^(\[[^\]]*\]|[^:]*)(?::(\d+))?$/.exec(header.toLowerCase());
  return match !== null && ownNames.includes(match[1] ?? '') && Number(match[2] ?? defaultPort) === port;
}
