/** A file that cannot be read, or does not fit the inputs of the model. */
export class InputFileError extends Error {
  override readonly name = 'InputFileError';
}

/** Numbers, names and texts of a file in a message, cut so that no file can flood it. */
export function shown(text: string): string {
  return `'${text.length > 80 ? `${text.slice(0, 77)}...` : text}'`;
}
