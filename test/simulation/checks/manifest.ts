import { pathOf } from '../../../shared/inputs/listedFile';
import type { ManifestHead } from '../../../shared/planning/manifestHead';
import type { Simulation } from '../simulation';

/** The files that a job has planned, in their order, as its manifest in the store has them. */
export function memoryManifest(simulation: Simulation, key: string): string[] | undefined {
  const blobs = simulation.blobs.contents(`jobs/${key}/`);
  const head = blobs.get('manifest.json');
  if (head === undefined) return undefined;
  const { attempt } = JSON.parse(head.toString()) as ManifestHead;
  const pages = [...blobs].filter(([name]) => name.startsWith(`manifest/${attempt}/`)).sort();
  return pages.flatMap(([, page]) => JSON.parse(page.toString()) as string[]).map(pathOf);
}
