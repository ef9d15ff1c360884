import type { ErrorEntry } from '../errorEntry';

export const requestErrors = {} as const satisfies Record<string, ErrorEntry>;
