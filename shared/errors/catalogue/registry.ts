import type { ErrorEntry } from '../errorEntry';

export const registryErrors = {} as const satisfies Record<string, ErrorEntry>;
