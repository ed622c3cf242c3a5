/** Arrays that outgrow their room. */

/** Copies an array into a larger one, which is returned. */
export function enlarged<T extends Int32Array | Uint16Array | Uint8Array | Float64Array>(from: T, into: T): T {
  into.set(from)
  return into
}
