import type { Stores } from '../../shared/stores/stores';
import { MemoryBlobStore } from '../simulation/stores/memoryBlobStore';
import { MemoryTableStore } from '../simulation/stores/memoryTableStore';
import { openedStores, type OpenedStores } from './openedStores';

/** Stores in memory. Closing them and opening them again finds what was there. */
export function openMemoryPlace(): Promise<OpenedStores> {
  const tables = new MemoryTableStore();
  const containers = new Map<string, MemoryBlobStore>();
  const container = (name: string): MemoryBlobStore => {
    const blobs = containers.get(name) ?? new MemoryBlobStore(`memory://${name}`);
    containers.set(name, blobs);
    return blobs;
  };
  const elsewhere = (): Promise<never> => Promise.reject(new Error('Memory has no storage accounts.'));
  const stores: Stores = {
    tables,
    blobs: container('batchpoint'),
    container,
    makeContainer: (name) => Promise.resolve(void container(name)),
    removeContainer: (name) => Promise.resolve(void containers.delete(name)),
    // Containers in memory do not tell when they were changed: none is known to be old.
    oldContainers: () => Promise.resolve([]),
    localFolder: container,
    azureContainer: elsewhere,
    azureService: elsewhere,
    close: () => Promise.resolve(),
  };
  return openedStores(
    () => Promise.resolve(stores),
    () => Promise.resolve(),
  );
}
