import { Readable } from 'node:stream';
import type { JSONWebKeySet } from 'jose';
import { boundedText, type TextLimits } from '../inputs/boundedText';

/** What the metadata or the keys of an issuer may cost. */
const usualLimits: TextLimits = { bytes: 512 * 1024, milliseconds: 5_000 };

/**
 * The keys of an issuer, at the place that its metadata names (OpenID Connect Discovery 1.0). Throws where the issuer
 * is away, slow, sends somewhere else, or says what no issuer says; the message is fit for people.
 */
export async function fetchIssuerKeys(issuer: string, limits = usualLimits): Promise<JSONWebKeySet> {
  const metadata = await fetchJson(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`, limits);
  if (metadata['issuer'] !== issuer) throw new Error('its metadata is that of another issuer');
  const place = metadata['jwks_uri'];
  if (typeof place !== 'string') throw new Error('its metadata does not say where its keys are');
  const { keys } = await fetchJson(place, limits, issuer);
  if (!Array.isArray(keys) || !keys.every(isMapping)) throw new Error('what it has for keys is no key set');
  return { keys };
}

/**
 * Whether keys may be asked for there: what comes by plain http can be anybody's, but for this machine; and an issuer
 * elsewhere, `namedBy`, must not make this machine ask itself.
 */
export function isTrustworthy(url: string, namedBy = url): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname, username, password } = new URL(url);
  if (username !== '' || password !== '') return false;
  if (protocol === 'https:') return true;
  return protocol === 'http:' && loopback.includes(hostname) && URL.parse(namedBy)?.protocol === 'http:';
}

const loopback = ['127.0.0.1', 'localhost', '[::1]'];

async function fetchJson(url: string, limits: TextLimits, namedBy = url): Promise<Record<string, unknown>> {
  if (!isTrustworthy(url, namedBy)) throw new Error('its metadata or its keys do not lie at an https URL');
  const signal = AbortSignal.timeout(limits.milliseconds);
  let answer: Response;
  try {
    answer = await fetch(url, { redirect: 'manual', signal, headers: { Accept: 'application/json' } });
  } catch (error) {
    const reason = signal.aborted ? 'it does not answer in time' : 'it cannot be reached';
    throw new Error(reason, { cause: error });
  }
  const { status, body } = answer;
  if (status !== 200 || body === null) {
    await body?.cancel();
    throw new Error(`it answers with status ${status}`);
  }
  const text = await boundedText(Readable.fromWeb(body), limits).catch((error: unknown) => {
    throw new Error('its answer is too long, or does not come to its end', { cause: error });
  });
  const value = parsed(text);
  if (!isMapping(value)) throw new Error('its answer is not JSON of an issuer');
  return value;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
