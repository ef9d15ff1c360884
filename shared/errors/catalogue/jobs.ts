import type { ErrorEntry } from '../errorEntry';

export const jobErrors = {} as const satisfies Record<string, ErrorEntry>;
