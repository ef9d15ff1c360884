import { openAzurePlace } from './azurePlace';
import { describeTableStore } from './tableStoreContract';

describeTableStore('Azure Tables', openAzurePlace);
