import type { ErrorEntry } from '../errorEntry';

export const fileErrors = {} as const satisfies Record<string, ErrorEntry>;
