import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { packageRoot } from '../../support/commandLine';

const folder = mkdtempSync(join(tmpdir(), 'batchpoint-install-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** How a process ends here that reaches for the network. */
const reached = 9;

/** Runs what the package of the runtime does when it is installed; answers how it ended. */
function install(variables: NodeJS.ProcessEnv): number | null {
  const guard = join(folder, 'guard.js');
  writeFileSync(guard, `require('node:net').Socket.prototype.connect = () => process.exit(${reached});`);
  const script = join(dirname(require.resolve('onnxruntime-node/package.json')), 'script', 'install');
  const environment = { PATH: process.env['PATH'], ...variables };
  return spawnSync(process.execPath, ['--require', guard, script], { env: environment }).status;
}

describe('installing the runtime of ONNX models', () => {
  test('is not let run anything by npm', () => {
    const { allowScripts } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as {
      allowScripts: Record<string, boolean>;
    };
    expect(allowScripts['onnxruntime-node']).toBe(false);
  });

  test('downloads nothing by versions of npm either that know nothing of such a list', () => {
    const asked = ['config', 'get', 'onnxruntime-node-install'];
    const flag = execFileSync('npm', asked, { cwd: packageRoot, encoding: 'utf8' }).trim();
    // As npm hands the settings of a project to the scripts of its packages.
    expect(install({ npm_config_onnxruntime_node_install: flag })).toBe(0);
    expect(install({})).toBe(process.platform === 'linux' && process.arch === 'x64' ? reached : 0);
  });
});
