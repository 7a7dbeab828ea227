/** The connection to the playground's server: requests with their answers, pushes, and coming back when it is lost. */

import { Emitter } from "./emitter.js";

const DELAYS = [200, 400, 800, 1600, 3000];

/** The server says in a sentence that something cannot be done. */
export class RefusedError extends Error {}

/** The connection was lost before an answer came. */
export class LostError extends Error {
  constructor() {
    super("The connection was lost; try again when it is back.");
  }
}

/** Emits `push` with each push, and `up` and `down` when the connection comes and goes. */
export class Socket extends Emitter {
  #address;
  #socket = null;
  #waiting = new Map();
  #number = 0;
  #failures = 0;
  #timer = null;

  constructor(address) {
    super();
    this.#address = address;
    addEventListener("online", () => this.#hurry());
    document.addEventListener("visibilitychange", () => document.hidden || this.#hurry());
  }

  /** Connect, and go on trying. */
  start() {
    const socket = new WebSocket(this.#address);
    this.#socket = socket;
    socket.addEventListener("open", () => {
      this.#failures = 0;
      this.emit("up");
    });
    socket.addEventListener("message", (event) => this.#hear(JSON.parse(event.data)));
    socket.addEventListener("close", () => this.#closed());
  }

  /** Ask the server to do something; resolves with its answer. Raises `RefusedError` or `LostError`. */
  ask(name, fields = {}) {
    return new Promise((resolve, reject) => {
      if (this.#socket?.readyState !== WebSocket.OPEN) {
        reject(new LostError());
        return;
      }
      this.#number += 1;
      this.#waiting.set(this.#number, { resolve, reject });
      this.#socket.send(JSON.stringify({ ...fields, id: this.#number, do: name }));
    });
  }

  #hear(told) {
    if (told.event) {
      this.emit("push", told);
      return;
    }
    const waiting = this.#waiting.get(told.re);
    this.#waiting.delete(told.re);
    if (told.error === undefined) waiting?.resolve(told.ok ?? {});
    else waiting?.reject(new RefusedError(told.error));
  }

  #closed() {
    this.emit("down", this.#failures);
    for (const { reject } of this.#waiting.values()) reject(new LostError());
    this.#waiting.clear();
    this.#timer = setTimeout(() => this.start(), DELAYS[Math.min(this.#failures, DELAYS.length - 1)]);
    this.#failures += 1;
  }

  #hurry() {
    if (this.#socket?.readyState !== WebSocket.CLOSED) return;
    clearTimeout(this.#timer);
    this.start();
  }
}
