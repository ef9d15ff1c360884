/** The same object with some of its methods replaced: the real one does all else, and can be called by those too. */
export function wrapped<T extends object>(real: T, methods: Partial<T>): T {
  return Object.assign(Object.create(real) as T, methods);
}
