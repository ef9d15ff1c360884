/** What to do where a host shows a certificate that is not trusted; `undefined` where `reason` tells something else. */
export function certificateAdvice(reason: string): string | undefined {
  if (!/certificate|self-signed/i.test(reason)) return undefined;
  return 'Name the certificate of its authority in NODE_EXTRA_CA_CERTS: tls/authority.pem in the state folder of that host.';
}
