import { openAzurePlace } from './azurePlace';
import { describeBlobStore } from './blobStoreContract';

/** Blocks so few and so small that the contract goes through every way of putting parts together. */
const options = { maxBlocks: 16, copiedBlockBytes: 1024 * 1024, sentBlockBytes: 2 * 1024 * 1024 };

describeBlobStore('Azure Blob Storage', () => openAzurePlace(options));
