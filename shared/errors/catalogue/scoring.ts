import type { ErrorEntry } from '../errorEntry';

export const scoringErrors = {} as const satisfies Record<string, ErrorEntry>;
