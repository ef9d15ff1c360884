import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { ProductHost } from '../../bench/product/productHost';

const script = `import os, time
def run(mini_batch):
    while not os.path.exists(os.environ["GO"]):
        time.sleep(0.01)
    return [open(path).read() for path in mini_batch]
`;

/** A deployment of which the jobs score nothing until the gate is opened. */
export class Gate {
  private readonly path: string;

  constructor(
    private readonly host: ProductHost,
    private readonly name = 'go',
  ) {
    this.path = join(host.folder, name);
  }

  /** Makes an endpoint that waits at this gate. */
  endpoint(name: string, settings: object = {}): Promise<void> {
    return this.host.endpoint(name, script, {
      miniBatchSize: 1,
      environmentVariables: { GO: this.path },
      retrySettings: { maxRetries: 1, timeout: 'PT5M' },
      ...settings,
    });
  }

  open(): void {
    this.host.write(this.name, '');
  }

  close(): void {
    rmSync(this.path, { force: true });
  }
}
