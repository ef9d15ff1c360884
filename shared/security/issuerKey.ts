import { hkdfSync, randomUUID } from 'node:crypto';
import { link, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, importJWK, type CryptoKey, type JWK } from 'jose';
import { systemErrorCode } from '../errors/systemError';
import { makeFolders } from '../stores/local/makeFolders';

/** The key pair of the local issuer, and the id that its tokens name it by. */
export interface IssuerKey {
  readonly id: string;
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
  /** What links are sealed with: it follows from the private key. */
  readonly linkSecret: Uint8Array;
  /** What a host proves itself with: it follows from the private key. */
  readonly hostSecret: Uint8Array;
}

interface KeyFile {
  readonly id: string;
  readonly privateKey: JWK;
}

const fileName = 'issuer-key.json';

/**
 * The key of a state folder, made where there is none. Only the owner may read its file: whoever can, is the owner.
 * Two that make it at once end up with the same one.
 */
export async function issuerKey(stateFolder: string): Promise<IssuerKey> {
  const path = join(stateFolder, fileName);
  const present = await readKey(path);
  if (present !== undefined) return present;
  makeFolders(stateFolder, 0o700);
  const draft = `${path}.${randomUUID()}`;
  const pair = await generateKeyPair('RS256', { extractable: true });
  const file: KeyFile = { id: randomUUID(), privateKey: await exportJWK(pair.privateKey) };
  await writeFile(draft, JSON.stringify(file), { mode: 0o600, flush: true });
  try {
    await link(draft, path).catch((error: unknown) => {
      if (systemErrorCode(error) !== 'EEXIST') throw error;
    });
  } finally {
    await rm(draft, { force: true });
  }
  return issuerKey(stateFolder);
}

async function readKey(path: string): Promise<IssuerKey | undefined> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
  const { id, privateKey } = JSON.parse(text) as KeyFile;
  const { kty, n, e, d = '' } = privateKey;
  return {
    id,
    privateKey: (await importJWK(privateKey, 'RS256')) as CryptoKey,
    publicKey: (await importJWK({ kty, n, e }, 'RS256')) as CryptoKey,
    linkSecret: secretOf(d, 'batchpoint job links'),
    hostSecret: secretOf(d, 'batchpoint host proof'),
  };
}

/** A secret for one purpose that follows from the private exponent `d`. */
function secretOf(d: string, purpose: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', Buffer.from(d, 'base64url'), '', purpose, 32));
}
