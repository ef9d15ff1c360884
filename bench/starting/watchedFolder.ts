import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { ProductHost } from '../product/productHost';
import { until } from '../product/until';

/** A trigger as the API shows it. */
interface ShownTrigger {
  readonly properties: {
    readonly status: {
      readonly state: string;
      readonly filesWaiting: number;
      readonly filesTaken: number;
      readonly lastJob?: string;
    };
  };
}

/** The file that lands before anything is measured: once it has its job, the folder is watched. */
export const firstFile = 'first.txt';

/** A folder that a trigger of its own watches. */
export class WatchedFolder {
  readonly folder: string;

  private constructor(
    private readonly host: ProductHost,
    private readonly name: string,
  ) {
    this.folder = join(host.folder, name);
  }

  /** Makes the folder, its datastore and its trigger, all of one name, for an endpoint. `firstFile` has landed then. */
  static async make(
    host: ProductHost,
    name: string,
    endpoint: string,
    batching: object,
  ): Promise<WatchedFolder> {
    const watched = new WatchedFolder(host, name);
    mkdirSync(watched.folder);
    await host.ask('PUT', `/datastores/${name}`, {
      properties: { datastoreType: 'LocalFolder', folder: watched.folder },
    });
    await host.ask('PUT', `/triggers/${name}`, {
      properties: { endpoint, watch: { datastore: name }, batching },
    });
    watched.land(firstFile);
    await watched.taken(1);
    return watched;
  }

  /** Lets a file land; answers when its bytes were there and it was closed, in milliseconds since 1970. */
  land(file: string): number {
    const descriptor = openSync(join(this.folder, file), 'w');
    writeSync(descriptor, file);
    closeSync(descriptor);
    return performance.timeOrigin + performance.now();
  }

  /** Changes the trigger. */
  async change(properties: object): Promise<void> {
    await this.host.ask('PATCH', `/triggers/${this.name}`, { properties });
  }

  async status(): Promise<ShownTrigger['properties']['status']> {
    return ((await this.host.ask('GET', `/triggers/${this.name}`)) as ShownTrigger).properties.status;
  }

  /** Waits until so many files have got jobs. */
  taken(files: number): Promise<unknown> {
    return until(
      () => this.status(),
      ({ filesTaken }) => filesTaken >= files,
      200,
    );
  }
}
