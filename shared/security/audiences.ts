/** Whom tokens are for: the data plane (jobs of endpoints), and management. */
export const audiences = {
  data: 'https://ml.azure.com',
  management: 'https://management.azure.com',
} as const;

export type Audience = keyof typeof audiences;
