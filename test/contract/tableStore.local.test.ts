import { openLocalPlace } from './localPlace';
import { describeTableStore } from './tableStoreContract';

describeTableStore('a state folder', openLocalPlace);
