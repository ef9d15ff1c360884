import { hkdfSync, randomUUID } from 'node:crypto';
import type { Stats } from 'node:fs';
import { link, open, rm, stat, writeFile, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, importJWK, type CryptoKey, type JWK } from 'jose';
import { failure } from '../errors/batchpointError';
import { systemErrorCode } from '../errors/systemError';
import { makeFolders } from '../stores/makeFolders';

/** The key pair of the local issuer, and the id that its tokens name it by. */
export interface IssuerKey {
  readonly id: string;
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
  /** What links are sealed with: it follows from the private key. */
  readonly linkSecret: Uint8Array;
  /** What a host proves itself with: it follows from the private key. */
  readonly hostSecret: Uint8Array;
  /** What shared access signatures are made with: it follows from the private key. */
  readonly storageSecret: Uint8Array;
}

interface KeyFile {
  readonly id: string;
  readonly privateKey: JWK;
}

const fileName = 'issuer-key.json';

/**
 * The key of a state folder, made where there is none. Only the owner may read its file: whoever can, is the owner.
 * Two that make it at once end up with the same one. Fails with `IssuerKeyExposed` where somebody else may have read it.
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
  const text = await readOwn(path);
  if (text === undefined) return undefined;
  const { id, privateKey } = JSON.parse(text) as KeyFile;
  const { kty, n, e, d = '' } = privateKey;
  return {
    id,
    privateKey: (await importJWK(privateKey, 'RS256')) as CryptoKey,
    publicKey: (await importJWK({ kty, n, e }, 'RS256')) as CryptoKey,
    linkSecret: secretOf(d, 'batchpoint job links'),
    hostSecret: secretOf(d, 'batchpoint host proof'),
    storageSecret: secretOf(d, 'batchpoint shared access'),
  };
}

/** The text of a file that only its owner can read, who is the user of this process. */
async function readOwn(path: string): Promise<string | undefined> {
  let file: FileHandle;
  try {
    file = await open(path);
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
  try {
    // Of the open file: what lies at the path can change in between.
    await refuseExposed(path, await file.stat());
    return await file.readFile('utf8');
  } finally {
    await file.close();
  }
}

async function refuseExposed(path: string, found: Stats): Promise<void> {
  if (process.getuid === undefined) return;
  if ((found.mode & 0o077) === 0 && found.uid === process.getuid()) return;
  // Some mounts show one mode and one owner for all files: there, the mount decides who reads what.
  const own = await ownFile(path);
  if (found.uid !== (own?.uid ?? process.getuid()))
    throw failure('IssuerKeyExposed', { file: path, reason: `it belongs to another user (id ${found.uid})` });
  if ((found.mode & 0o077 & ~(own?.mode ?? 0)) !== 0)
    throw failure('IssuerKeyExposed', {
      file: path,
      reason: `others may read or write it, which 'chmod 600 ${path}' mends`,
    });
}

/** What a private file that this process makes beside another one looks like; nothing where it cannot make one. */
async function ownFile(path: string): Promise<Stats | undefined> {
  const draft = `${path}.${randomUUID()}`;
  try {
    await writeFile(draft, '', { mode: 0o600 });
    return await stat(draft);
  } catch {
    return undefined;
  } finally {
    await rm(draft, { force: true });
  }
}

/** A secret for one purpose that follows from the private exponent `d`. */
function secretOf(d: string, purpose: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', Buffer.from(d, 'base64url'), '', purpose, 32));
}
