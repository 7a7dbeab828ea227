/** Tells whoever listens that something has changed. */
export class Emitter {
  #listeners = new Map();

  /** Call `listener` whenever one of `names` (parted by blanks) is told; what is returned ends that. */
  on(names, listener) {
    for (const name of names.split(" ")) {
      if (!this.#listeners.has(name)) this.#listeners.set(name, []);
      this.#listeners.get(name).push(listener);
    }
    return () => {
      for (const name of names.split(" "))
        this.#listeners.set(
          name,
          this.#listeners.get(name).filter((one) => one !== listener),
        );
    };
  }

  /** Tell that `name` happened. */
  emit(name, ...values) {
    for (const listener of this.#listeners.get(name) ?? []) listener(...values);
  }
}
