import { failure } from '../../shared/errors/batchpointError';
import { certificateAdvice } from './certificateAdvice';
import { makeStateFolder } from './stateFolder';

/** Where the host is. What was found is kept until it turns out to be lost. */
export interface HostConnection {
  url(): Promise<URL>;
  /** The host did not answer there: it has to be looked for again. */
  lost(url: URL): void;
  unreachable(reason: string, cause: unknown): Error;
}

/** The host that the environment names, or the one of the state folder, which is started where none runs. */
export function hostConnection(
  environment: NodeJS.ProcessEnv,
  stateFolder: string,
  signal: AbortSignal,
): HostConnection {
  const named = environment['BATCHPOINT_HOST'];
  return named ? new NamedHost(named) : new OwnHost(stateFolder, environment, signal);
}

/** A host elsewhere: it is used as it is, and never started. */
class NamedHost implements HostConnection {
  private readonly address: URL;

  constructor(named: string) {
    const name = 'BATCHPOINT_HOST';
    if (!URL.canParse(named) || !/^https?:$/.test(new URL(named).protocol)) {
      throw failure('SettingInvalid', {
        name,
        value: named,
        expected: 'a URL such as http://127.0.0.1:7071',
      });
    }
    this.address = new URL(named);
  }

  url(): Promise<URL> {
    return Promise.resolve(this.address);
  }

  lost(): void {
    // Its address stays what it is.
  }

  unreachable(reason: string, cause: unknown): Error {
    const advice =
      certificateAdvice(reason) ??
      'BATCHPOINT_HOST names it: start it, or take that away to have one started.';
    return failure('HostUnreachable', { url: this.address.href, reason, advice }, { cause });
  }
}

class OwnHost implements HostConnection {
  private found: Promise<URL> | undefined;
  private last: URL | undefined;

  constructor(
    private readonly stateFolder: string,
    private readonly environment: NodeJS.ProcessEnv,
    private readonly signal: AbortSignal,
  ) {}

  url(): Promise<URL> {
    this.found ??= this.join();
    return this.found;
  }

  lost(url: URL): void {
    // Of several requests that lost it, one may have found the next already.
    if (this.last === url) this.found = undefined;
  }

  unreachable(reason: string, cause: unknown): Error {
    const url = `state folder ${this.stateFolder}`;
    const advice = 'Its log is host.log there.';
    return failure('HostUnreachable', { url, reason, advice }, { cause });
  }

  private async join(): Promise<URL> {
    const { joinHost } = await import('./joinHost.js');
    const { url } = await joinHost(makeStateFolder(this.stateFolder), this.environment, this.signal);
    this.last = url;
    return url;
  }
}
