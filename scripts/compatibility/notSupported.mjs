/** What is not supported: what, why and what instead, and the test that shows what is answered. */
export const notSupported = [['x', 'y', 'z', 'w']];
