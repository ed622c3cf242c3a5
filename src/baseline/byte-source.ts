/** Bytes that can be read piece by piece, wherever they are: a file on disk, or one that a page was given. */

/** A file to read from. */
export interface ByteSource {
  /** Bytes. */
  readonly size: number
  /** Bytes from a position on: as many as asked for, or fewer at the end. The array is the caller's. */
  read(position: number, length: number): Promise<Uint8Array>
}

/** Small, so that little is unpacked at a time. */
const CHUNK_BYTES = 16_384

/** All bytes of a source in order, in small chunks. */
export async function* sourceChunks(source: ByteSource): AsyncGenerator<Uint8Array> {
  for (let position = 0; ; ) {
    const chunk = await source.read(position, CHUNK_BYTES)
    if (chunk.length === 0) return
    position += chunk.length
    yield chunk
  }
}

/** Bytes in memory as a source. */
export function bytesSource(bytes: Uint8Array): ByteSource {
  return { size: bytes.length, read: (position, length) => Promise.resolve(bytes.slice(position, position + length)) }
}
