import { failure } from '../../shared/errors/batchpointError';
import type { Overlay } from './overlays';

/** Reads `--traffic d:100`, also with `=`, and several with commas. Fails with `DefinitionInvalid`. */
export function trafficOverlays(values: readonly string[] = []): Overlay[] {
  const shares = values.flatMap((value) => value.split(',')).filter((share) => share.trim() !== '');
  return shares.map((share) => {
    const [, deployment, percent] = /^\s*([^:=\s]+)\s*[:=]\s*(\d+)%?\s*$/.exec(share) ?? [];
    if (deployment === undefined || percent === undefined) {
      const fault = `--traffic takes <deployment>:<0 or 100>, such as --traffic my-deployment:100, but came '${share}'`;
      throw failure('DefinitionInvalid', { fault });
    }
    return { path: ['traffic', deployment], value: Number(percent), origin: `--traffic ${share.trim()}` };
  });
}
