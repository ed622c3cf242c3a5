/** Runs the command line as users do: a process of its own, from the TypeScript source. */
import { spawn, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const MAIN = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url))

export interface Finished {
  /** Exit code; null where a signal ended the process. */
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface Running {
  readonly child: ChildProcess
  readonly finished: Promise<Finished>
}

/** Starts `fairwait` with these arguments in a folder. */
export function startFairwait(args: readonly string[], cwd: string, env: Record<string, string> = {}): Running {
  const inherited = { ...process.env, NO_COLOR: undefined, FORCE_COLOR: undefined, FAIRWAIT_DEBUG: undefined, FAIRWAIT_STORE: undefined }
  const child = spawn(process.execPath, [MAIN, ...args], { cwd, env: { ...inherited, ...env } })
  const output = { stdout: '', stderr: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text))
  const finished = new Promise<Finished>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, ...output }))
  })
  return { child, finished }
}

/** Runs `fairwait` to its end. */
export function fairwait(args: readonly string[], cwd: string, env: Record<string, string> = {}): Promise<Finished> {
  return startFairwait(args, cwd, env).finished
}
