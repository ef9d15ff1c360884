import { dirname, join } from 'node:path';
import { VirtualEnvironments } from '../../shared/scoring/virtualEnvironments';

/** The program uv, from its package; installed once, and kept between runs. */
export async function uvProgram(): Promise<string> {
  const folder = join(__dirname, '../../node_modules/.cache/batchpoint/uv');
  const environments = new VirtualEnvironments(folder, 'python3', { installers: [] });
  return join(dirname(await environments.python({ lines: ['uv'] }, () => undefined)), 'uv');
}
