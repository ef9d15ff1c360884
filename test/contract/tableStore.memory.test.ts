import { describeTableStore } from './tableStoreContract';
import { openMemoryPlace } from './memoryPlace';

describeTableStore('memory, as the simulation has them', openMemoryPlace);
