/** A result file made in memory, for places without a disk. */
import type { OutputFile } from './output-file.ts'

/** What a writer writes, as one array. */
export async function fileBytes(fill: (file: OutputFile) => Promise<void>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  // Writers reuse their buffers.
  await fill({ write: async (bytes) => void chunks.push(bytes.slice()) })
  const whole = new Uint8Array(chunks.reduce((length, chunk) => length + chunk.length, 0))
  let at = 0
  for (const chunk of chunks) {
    whole.set(chunk, at)
    at += chunk.length
  }
  return whole
}
