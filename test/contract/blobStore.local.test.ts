import { describeBlobStore } from './blobStoreContract';
import { openLocalPlace } from './localPlace';

describeBlobStore('a state folder', openLocalPlace);
