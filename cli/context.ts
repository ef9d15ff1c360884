import type { AnsweredWorkspace } from './client/resources';
import { HostClient } from './client/hostClient';
import { TokenSource } from './client/tokenSource';
import { Workspace } from './client/workspace';
import type { GlobalValues } from './commands/globalOptions';
import { hostConnection, type HostConnection } from './host/hostConnection';
import { makeStateFolder, stateFolderOf } from './host/stateFolder';
import type { Interruption } from './interruption';
import type { Terminal } from './output/terminal';

/** The names that ids have where no option gives others. A host serves one workspace under whatever names. */
const defaultPlace = {
  subscription: '00000000-0000-0000-0000-000000000000',
  group: 'batchpoint',
  workspace: 'batchpoint',
} as const;

/** What a command works with, beside its options. */
export class Context {
  readonly stateFolder: string;
  readonly tokens: TokenSource;
  private opened: Workspace | undefined;
  private reading: Promise<boolean> | undefined;
  private connected: HostConnection | undefined;

  constructor(
    readonly environment: NodeJS.ProcessEnv,
    readonly currentFolder: string,
    readonly globals: GlobalValues,
    readonly terminal: Terminal,
    private readonly interruption: Interruption,
  ) {
    this.stateFolder = stateFolderOf(environment, currentFolder);
    this.tokens = new TokenSource(() => makeStateFolder(this.stateFolder), environment);
  }

  /** Fires on Ctrl-C. */
  get signal(): AbortSignal {
    return this.interruption.signal;
  }

  /** Does what has to be done also after Ctrl-C, however long that takes. */
  tidyUp<T>(work: () => Promise<T>): Promise<T> {
    return this.interruption.tidyUp(work);
  }

  /** The subscription that ids name. */
  get subscription(): string {
    return this.globals.subscription ?? defaultPlace.subscription;
  }

  /** The resource group that ids name. */
  get resourceGroup(): string {
    return this.globals.resourceGroup ?? defaultPlace.group;
  }

  /** The workspace that ids name. */
  get workspaceName(): string {
    return this.globals.workspaceName ?? defaultPlace.workspace;
  }

  /** Whether the host is one that this command line has started, or would: it shares this machine. */
  get hasOwnHost(): boolean {
    return !this.environment['BATCHPOINT_HOST'];
  }

  private get connection(): HostConnection {
    this.connected ??= hostConnection(this.environment, this.stateFolder, this.signal);
    return this.connected;
  }

  /** Whether the host reads files of this machine where they lie. It says so itself, and is asked once. */
  readsLocalFiles(): Promise<boolean> {
    this.reading ??= this.workspace
      .get<AnsweredWorkspace>('')
      .then(({ properties }) => properties.readsLocalFiles);
    return this.reading;
  }

  /** Where the host is, for messages. */
  async hostUrl(): Promise<string> {
    return (await this.connection.url()).origin;
  }

  get workspace(): Workspace {
    if (this.opened === undefined) {
      const { connection } = this;
      const debug = (text: string): void => this.terminal.debug(text);
      const client = new HostClient(connection, this.tokens, { signal: this.signal, debug });
      this.opened = new Workspace(client, {
        subscription: this.subscription,
        group: this.resourceGroup,
        workspace: this.workspaceName,
      });
    }
    return this.opened;
  }
}
