/** Commands run in this process, and what they write. */
import { main } from '../src/cli/main.ts'

/** What a command came to. */
export interface Said {
  readonly code: number
  /** Standard output and standard error, in the order they were written. */
  readonly text: string
}

/** What a command came to, its streams apart. */
export interface Answer {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs a command in this process and takes what it writes. */
export async function command(args: readonly string[]): Promise<Said> {
  let text = ''
  const take = (chunk: string): void => {
    text += chunk
  }
  const code = await writingTo({ stdout: take, stderr: take }, () => main(args))
  return { code, text }
}

/**
 * Runs a command in this process as if it had been called in a folder: for what it does and says, where no promise is
 * about the process itself. It costs a fraction of one. Only one at a time: folder and environment are the process's.
 */
export async function commandIn(args: readonly string[], folder: string, env: Readonly<Record<string, string>> = {}): Promise<Answer> {
  const said = { stdout: '', stderr: '' }
  const streams: Streams = { stdout: (chunk) => (said.stdout += chunk), stderr: (chunk) => (said.stderr += chunk) }
  const code = await calledIn(folder, { NO_COLOR: undefined, FORCE_COLOR: undefined, FAIRWAIT_DEBUG: undefined, FAIRWAIT_STORE: undefined, ...env }, () => writingTo(streams, () => main(args)))
  return { code, ...said }
}

type Streams = Readonly<Record<'stdout' | 'stderr', (chunk: string) => void>>

async function writingTo<T>(streams: Streams, work: () => Promise<T>): Promise<T> {
  const giveBack = (['stdout', 'stderr'] as const).map((name) => replaceWrite(process[name], streams[name]))
  try {
    return await work()
  } finally {
    for (const restore of giveBack) restore()
  }
}

function replaceWrite(stream: NodeJS.WriteStream, take: (chunk: string) => void): () => void {
  const own = Object.getOwnPropertyDescriptor(stream, 'write')
  const write = (chunk: unknown): boolean => {
    take(String(chunk))
    return true
  }
  Object.defineProperty(stream, 'write', { value: write, configurable: true, writable: true })
  return () => {
    if (own === undefined) Reflect.deleteProperty(stream, 'write')
    else Object.defineProperty(stream, 'write', own)
  }
}

async function calledIn<T>(folder: string, env: Readonly<Record<string, string | undefined>>, work: () => Promise<T>): Promise<T> {
  const before = { folder: process.cwd(), env: Object.keys(env).map((name) => [name, process.env[name]] as const) }
  process.chdir(folder)
  setEnvironment(Object.entries(env))
  try {
    return await work()
  } finally {
    setEnvironment(before.env)
    process.chdir(before.folder)
  }
}

function setEnvironment(variables: readonly (readonly [string, string | undefined])[]): void {
  for (const [name, value] of variables) {
    if (value === undefined) Reflect.deleteProperty(process.env, name)
    else process.env[name] = value
  }
}
