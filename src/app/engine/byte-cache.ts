/** A cache of number arrays that holds at most so many bytes: what was not used for longest goes first. */
export interface ByteCache {
  get(key: string): Float64Array | null
  set(key: string, values: Float64Array): void
}

/** @param limitBytes most bytes held; an array that is larger by itself is not kept */
export function createByteCache(limitBytes: number): ByteCache {
  const entries = new Map<string, Float64Array>()
  let bytes = 0
  const remove = (key: string): void => {
    bytes -= entries.get(key)?.byteLength ?? 0
    entries.delete(key)
  }
  return {
    get(key) {
      const found = entries.get(key)
      if (found === undefined) return null
      entries.delete(key)
      entries.set(key, found)
      return found
    },
    set(key, values) {
      remove(key)
      entries.set(key, values)
      bytes += values.byteLength
      for (const oldest of entries.keys()) {
        if (bytes <= limitBytes) return
        remove(oldest)
      }
    },
  }
}
