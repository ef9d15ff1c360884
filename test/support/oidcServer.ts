import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK, type JWTPayload } from 'jose';

/** A key pair of an issuer. */
export interface SigningKey {
  readonly id: string;
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
}

/** Answers a request itself; says whether it did. */
type Answer = (path: string, response: ServerResponse) => boolean;

/** An OpenID Connect issuer on loopback: it shows its metadata and its keys, and signs whatever it is asked to. */
export class OidcServer {
  /** The paths that were asked for. */
  readonly requests: string[] = [];
  private readonly shown = new Map<string, JWK>();
  private answer: Answer = () => false;
  private server: Server;
  private port = 0;

  private constructor() {
    this.server = this.newServer();
  }

  static async start(): Promise<OidcServer> {
    const issuer = new OidcServer();
    await issuer.resume();
    return issuer;
  }

  /** What its tokens name it by. */
  get issuer(): string {
    return `http://127.0.0.1:${this.port}/tenant`;
  }

  /** How often its keys were read. */
  get reads(): number {
    return this.requests.filter((path) => path === '/tenant/keys').length;
  }

  /** Makes a key and shows it. */
  async addKey(id: string): Promise<SigningKey> {
    const pair = await generateKeyPair('RS256', { extractable: true });
    const { kty, n, e } = await exportJWK(pair.publicKey);
    this.shown.set(id, { kty: kty ?? '', n: n ?? '', e: e ?? '', kid: id, use: 'sig' });
    return { id, ...pair };
  }

  removeKey(id: string): void {
    this.shown.delete(id);
  }

  /** A token of this issuer for the data plane, good for an hour, unless the claims say otherwise. */
  async token(key: SigningKey, claims: JWTPayload = {}, now: Date = new Date()): Promise<string> {
    const seconds = Math.floor(now.getTime() / 1000);
    const usual = {
      iss: this.issuer,
      aud: 'https://ml.azure.com',
      sub: 'subject',
      iat: seconds,
      nbf: seconds,
      exp: seconds + 3_600,
    };
    return new SignJWT({ ...usual, ...claims })
      .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: key.id })
      .sign(key.privateKey);
  }

  /** Lets `answer` see every request first. */
  intercept(answer: Answer): void {
    this.answer = answer;
  }

  /** Takes connections again, at the port that it had. */
  async resume(): Promise<void> {
    if (!this.server.listening) this.server = this.newServer();
    this.server.listen(this.port, '127.0.0.1');
    await once(this.server, 'listening');
    this.port = (this.server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    if (!this.server.listening) return;
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private newServer(): Server {
    return createServer((request, response) => this.serve(request.url ?? '', response));
  }

  private serve(path: string, response: ServerResponse): void {
    this.requests.push(path);
    if (this.answer(path, response)) return;
    const answers: Readonly<Record<string, object>> = {
      '/tenant/.well-known/openid-configuration': {
        issuer: this.issuer,
        jwks_uri: `${this.issuer}/keys`,
      },
      '/tenant/keys': { keys: [...this.shown.values()] },
    };
    const answer = answers[path];
    if (answer === undefined) response.writeHead(404).end();
    else response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  }
}
