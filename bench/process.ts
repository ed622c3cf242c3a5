/** Programs that a benchmark runs: each prints one line of JSON per result. */
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { benchMessages } from './messages.ts'

/** What ran, and what it was run with. */
export interface Command {
  readonly program: string
  readonly args: readonly string[]
}

/**
 * Runs a program to its end.
 * @returns what it wrote to standard output
 * @throws Error with what it wrote to standard error where it cannot be started or fails
 */
export function run({ program, args }: Command): Promise<string> {
  return new Promise((resolve, reject) => {
    const started = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] })
    const written = { out: '', error: '' }
    started.stdout.setEncoding('utf8').on('data', (text: string) => (written.out += text))
    started.stderr.setEncoding('utf8').on('data', (text: string) => (written.error += text))
    started.on('error', (error) => reject(new Error(benchMessages.cannotStart(program, error.message), { cause: error })))
    started.on('close', (code) => {
      if (code === 0) resolve(written.out)
      else reject(new Error(benchMessages.programFailed(program, args, code, written.error)))
    })
  })
}

/** The same, read as one value per line. */
export async function runLines<T>(command: Command): Promise<T[]> {
  const text = await run(command)
  return text.trim().split('\n').map((line) => JSON.parse(line) as T)
}

/** Whether a program can be run with these arguments and succeeds. */
export async function succeeds(command: Command): Promise<boolean> {
  try {
    await run(command)
    return true
  } catch {
    return false
  }
}

/**
 * A measuring program of `bench/children`, in a process of its own: so that neither the compiler's state nor the
 * heap of one measurement is met by the next.
 * @param request handed over as JSON
 */
export function child(name: string, request: unknown, nodeFlags: readonly string[] = []): Command {
  const module = fileURLToPath(new URL(`children/${name}.ts`, import.meta.url))
  return { program: process.execPath, args: [...nodeFlags, module, JSON.stringify(request)] }
}
