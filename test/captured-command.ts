/** Commands run in this process, and what they write. */
import { main } from '../src/cli/main.ts'

/** What a command came to. */
export interface Said {
  readonly code: number
  /** Standard output and standard error, in the order they were written. */
  readonly text: string
}

/** Runs a command in this process and takes what it writes. */
export async function command(args: readonly string[]): Promise<Said> {
  let text = ''
  const take = (chunk: unknown): boolean => {
    text += String(chunk)
    return true
  }
  const giveBack = [process.stdout, process.stderr].map((stream) => replaceWrite(stream, take))
  try {
    return { code: await main(args), text }
  } finally {
    for (const restore of giveBack) restore()
  }
}

function replaceWrite(stream: NodeJS.WriteStream, write: (chunk: unknown) => boolean): () => void {
  const own = Object.getOwnPropertyDescriptor(stream, 'write')
  Object.defineProperty(stream, 'write', { value: write, configurable: true, writable: true })
  return () => {
    if (own === undefined) Reflect.deleteProperty(stream, 'write')
    else Object.defineProperty(stream, 'write', own)
  }
}
