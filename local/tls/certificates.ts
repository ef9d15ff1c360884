import { randomBytes, webcrypto } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';

import 'reflect-metadata';
import * as x509 from '@peculiar/x509';

import { makeFolders } from '../../shared/stores/makeFolders';

/** What a TLS server shows and proves itself with, as PEM. */
export interface ServerCredentials {
  readonly cert: string;
  readonly key: string;
}

const day = 24 * 3_600_000;
const authorityLifetime = 3_650 * day;
const serverLifetime = 397 * day;
/** A certificate is replaced when it is good for no longer than this. */
const margin = 60 * day;

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

/** The names of this machine that a certificate is for, and the only ones that the authority may vouch for. */
const names = [
  { type: 'dns', value: 'localhost' },
  { type: 'ip', value: '127.0.0.1' },
  { type: 'ip', value: '::1' },
] as const;

/** The constraint in DER that permits `localhost` with names below it, 127.0.0.1 and ::1, and no other names. */
const thisMachineAlone = Buffer.from(
  '303fa03d300b8209' +
    Buffer.from('localhost').toString('hex') +
    '300a87087f000001ffffffff' +
    `30228720${'00'.repeat(15)}01${'ff'.repeat(16)}`,
  'hex',
);

interface Signer {
  readonly certificate: x509.X509Certificate;
  readonly key: webcrypto.CryptoKey;
}

/**
 * The certificate of a host, from an authority that is the state folder's own: `tls/authority.pem` there is what clients
 * have to trust, and `tls/trusted.pem` has it beside the authorities that everybody trusts. Both are made where they are
 * missing, and anew before they end. The authority can vouch for this machine alone: whoever trusts it need not fear
 * that somebody who has stolen its key shows certificates for other names.
 */
export async function serverCredentials(stateFolder: string, now: Date): Promise<ServerCredentials> {
  const folder = join(stateFolder, 'tls');
  makeFolders(folder, 0o700);
  const authority = (await readSigner(folder, 'authority', now)) ?? (await makeAuthority(folder, now));
  const present = await readSigner(folder, 'server', now);
  if (present === undefined || !(await isSignedBy(present, authority)))
    await makeServer(folder, authority, now);
  return { cert: read(folder, 'server.pem'), key: read(folder, 'server-key.pem') };
}

/** The file of a state folder with all authorities that a client needs to trust: the host's, and everybody's. */
export function trustedFile(stateFolder: string): string {
  return join(stateFolder, 'tls', 'trusted.pem');
}

async function makeAuthority(folder: string, now: Date): Promise<Signer> {
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: newSerial(),
    name: `CN=Batchpoint authority of one state folder ${randomBytes(4).toString('hex')}`,
    notBefore: new Date(now.getTime() - day),
    notAfter: new Date(now.getTime() + authorityLifetime),
    signingAlgorithm: algorithm,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      new x509.Extension('2.5.29.30', true, thisMachineAlone),
    ],
  });
  const pem = certificate.toString('pem');
  await writeKey(folder, 'authority', keys.privateKey);
  write(folder, 'trusted.pem', [pem, ...rootCertificates, ''].join('\n'));
  write(folder, 'authority.pem', `${pem}\n`);
  return { certificate, key: keys.privateKey };
}

async function makeServer(folder: string, authority: Signer, now: Date): Promise<void> {
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: newSerial(),
    subject: 'CN=localhost',
    issuer: authority.certificate.subject,
    notBefore: new Date(now.getTime() - day),
    notAfter: new Date(now.getTime() + serverLifetime),
    signingAlgorithm: algorithm,
    publicKey: keys.publicKey,
    signingKey: authority.key,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension(names.map((name) => ({ ...name }))),
      await x509.AuthorityKeyIdentifierExtension.create(authority.certificate.publicKey),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  await writeKey(folder, 'server', keys.privateKey);
  write(folder, 'server.pem', `${certificate.toString('pem')}\n${authority.certificate.toString('pem')}\n`);
}

/** A certificate and its key that are there and good for some time. */
async function readSigner(folder: string, name: string, now: Date): Promise<Signer | undefined> {
  if (!existsSync(join(folder, `${name}.pem`)) || !existsSync(join(folder, `${name}-key.pem`)))
    return undefined;
  const certificate = new x509.X509Certificate(firstOf(read(folder, `${name}.pem`)));
  if (certificate.notAfter.getTime() - now.getTime() < margin) return undefined;
  const der = x509.PemConverter.decodeFirst(read(folder, `${name}-key.pem`));
  const key = await webcrypto.subtle.importKey('pkcs8', der, algorithm, true, ['sign']);
  return { certificate, key };
}

function isSignedBy({ certificate }: Signer, authority: Signer): Promise<boolean> {
  return certificate.verify({ publicKey: authority.certificate.publicKey, signatureOnly: true });
}

async function writeKey(folder: string, name: string, key: webcrypto.CryptoKey): Promise<void> {
  const der = await webcrypto.subtle.exportKey('pkcs8', key);
  write(folder, `${name}-key.pem`, `${x509.PemConverter.encode(der, 'PRIVATE KEY')}\n`);
}

function read(folder: string, file: string): string {
  return readFileSync(join(folder, file), 'utf8');
}

/** The file is there as a whole or not at all, and only its owner can read it. */
function write(folder: string, file: string, content: string): void {
  const draft = join(folder, `${file}.${process.pid}`);
  writeFileSync(draft, content, { mode: 0o600, flush: true });
  chmodSync(draft, 0o600);
  renameSync(draft, join(folder, file));
}

function firstOf(pem: string): string {
  return /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/.exec(pem)?.[0] ?? pem;
}

/** Positive, and so long that no two are the same. */
function newSerial(): string {
  return `01${randomBytes(15).toString('hex')}`;
}
