import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeFolder } from './hostApp';

const projectRoot = join(__dirname, '../..');

/** The package as npm packs it, unpacked beside the packages of production alone, and without what `.funcignore` names. */
export function packedApp(): { readonly root: string; readonly files: readonly string[] } {
  const folder = makeFolder();
  const options = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder];
  const printed = execFileSync('npm', options, { cwd: projectRoot, encoding: 'utf8', stdio: 'pipe' });
  const [packed] = JSON.parse(printed) as { filename: string; files: { path: string }[] }[];
  execFileSync('tar', ['-xzf', join(folder, packed?.filename ?? ''), '-C', folder]);
  const root = join(folder, 'package');
  for (const path of ignoredPaths()) rmSync(join(root, path), { recursive: true, force: true });
  for (const name of productionPackages()) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    symlinkSync(join(projectRoot, name), join(root, name), 'junction');
  }
  return { root, files: packed?.files.map(({ path }) => path) ?? [] };
}

/** The paths that are not published to Azure. */
export function ignoredPaths(): string[] {
  const lines = readFileSync(join(projectRoot, '.funcignore'), 'utf8').split('\n');
  return lines.filter((line) => line.startsWith('/'));
}

/** Where the packages lie that an installation without development has, but for those inside of others. */
export function productionPackages(): string[] {
  const { packages } = JSON.parse(readFileSync(join(projectRoot, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { dev?: boolean; devOptional?: boolean }>;
  };
  return Object.entries(packages)
    .filter(([path, { dev, devOptional }]) => path !== '' && dev !== true && devOptional !== true)
    .map(([path]) => path)
    .filter((path) => path.lastIndexOf('node_modules/') === 0);
}
