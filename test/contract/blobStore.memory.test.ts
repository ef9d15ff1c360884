import { describeBlobStore } from './blobStoreContract';
import { openMemoryPlace } from './memoryPlace';

describeBlobStore('memory, as the simulation has them', openMemoryPlace);
