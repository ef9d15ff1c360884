import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ProductHost } from '../product/productHost';
import { bareLoop, busyScript, noopScript } from './scorers';
import { timed } from './measure';

async function main(): Promise<void> {
  const host = new ProductHost();
  await host.start();
  const rss = (): number => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${host.pid}/status`, 'utf8'))?.[1]) / 1024;
  console.log('rss start', rss());
  await host.endpoint('busy', busyScript(5), { miniBatchSize: 10, resources: { instanceCount: 2 } });
  await host.endpoint('noop', noopScript, { miniBatchSize: 1, resources: { instanceCount: 2 } });
  const few = host.inputs(10, 'few');
  for (let i = 0; i < 4; i++) {
    const t0 = Date.now();
    const { name } = await host.invoke('noop', few);
    const job = (await host.finished(name)) as unknown as { properties: { phases: unknown } };
    console.log('few', Date.now() - t0, JSON.stringify(job.properties.phases));
  }
  const input = host.inputs(2000, 'busy');
  const loop = host.write('loop.py', bareLoop);
  for (let i = 0; i < 3; i++) {
    const bare = await timed(async () => execFileSync('python3', [loop, join(host.folder, 'code-busy/score.py'), input, '10', '2', join(host.folder, `o${i}`)]));
    let phases: unknown;
    const ours = await timed(async () => {
      const { name } = await host.invoke('busy', input);
      phases = ((await host.finished(name)) as unknown as { properties: { phases: unknown } }).properties.phases;
    });
    console.log('bare', bare | 0, 'ours', ours | 0, (ours / bare).toFixed(3), JSON.stringify(phases));
  }
  for (const n of [1000, 10000, 100000]) {
    const folder = host.inputs(n, `n${n}`);
    const ours = await timed(async () => {
      const { name } = await host.invoke('noop', folder);
      const job = (await host.finished(name)) as unknown as { properties: { phases: unknown; progress: unknown } };
      console.log(JSON.stringify(job.properties.phases));
    });
    console.log(n, (ours / n).toFixed(4), 'ms each', 'rss', rss());
  }
  await host.close();
}
void main();
