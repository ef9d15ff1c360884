/** What `registerHook` and `registerFunction` return: takes the registration back, once. */
export class Disposable {
  /** One that disposes of all the others. */
  static from(...disposables: { dispose(): unknown }[]): Disposable {
    return new Disposable(() => {
      for (const disposable of disposables) disposable.dispose();
    });
  }

  constructor(private undo: (() => unknown) | undefined) {}

  dispose(): void {
    const undo = this.undo;
    this.undo = undefined;
    undo?.();
  }
}
