import { defaultLimits, type AzureLimits } from '../../../shared/stores/azure/azureOptions';

/**
 * Loaded into a process of the app before all else: the stores wait as they do in earnest, but for much less long, so that
 * many faults fit into a minute. How often they try stays as it is.
 */
const short: Partial<AzureLimits> = { callLimit: 4_000, firstDelay: 20 };

Object.assign(defaultLimits, short);
