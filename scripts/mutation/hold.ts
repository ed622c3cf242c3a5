/** Holds mutants against the specs of their folder, in a process that is started again when a mutant ends it. */
import { execFileSync, fork, type ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FromProcess, Held, Hold, Measured, ToProcess } from './messages.ts'
import type { Place } from './places.ts'
import { mutatedText } from './mutated-text.ts'
import type { MetSpec } from './met-specs.ts'

/** What became of a mutant: by Stryker's words for it. */
export interface Fate {
  readonly status: 'Killed' | 'Survived' | 'NoCoverage' | 'Timeout' | 'RuntimeError'
  /** Which spec noticed it, and how. */
  readonly by: string
  /** Time of the processor. */
  readonly cpuMs: number
}

/** Modules of so many mutants are kept in one process, which does not forget them. */
const MUTANTS_PER_PROCESS = 30
/** A spec has no end when it takes so many times what it took unchanged, and this on top. Of the processor's time, not of the day's: a busy machine changes nothing. */
const SLOWER = 8
const SLACK_MS = 5_000
const LOOK_EVERY_MS = 2_000
/** After so many specs without an end no further one is tried. */
const MOST_WITHOUT_END = 3

/** What a process says in the end; `endless` where it was ended, with the place of the spec that took too long. */
type Answer = Exclude<FromProcess, { kind: 'at' }> | { readonly kind: 'endless'; readonly place: number }

/** A running process for specs. */
export class SpecProcess {
  private child: ChildProcess | null = null
  private asked = 0

  /** Sends a message and waits for its answer. */
  async ask(message: ToProcess): Promise<Answer> {
    if (this.child === null || this.asked >= MUTANTS_PER_PROCESS) this.start()
    this.asked += 1
    return new Promise((resolve) => this.listen(message, resolve))
  }

  end(): void {
    this.child?.kill('SIGKILL')
    this.child = null
  }

  private start(): void {
    this.end()
    this.child = fork(join(import.meta.dirname, 'spec-process.ts'), { execArgv: ['--max-old-space-size=3000', '--disable-warning=ExperimentalWarning'], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
    this.asked = 0
  }

  private listen(message: ToProcess, answer: (message: Answer) => void): void {
    const { child } = this
    if (child === null) throw new Error('no process to ask')
    let from = 0
    let limitMs = Infinity
    let place = 0
    const finish = (result: Answer): void => {
      clearInterval(look)
      child.removeAllListeners()
      if (result.kind === 'endless' || result.kind === 'broken') this.end()
      answer(result)
    }
    const look = setInterval(() => {
      if (Number.isFinite(limitMs) && processorMs(child.pid) - from > limitMs) finish({ kind: 'endless', place })
    }, LOOK_EVERY_MS)
    child.on('message', (told: FromProcess) => {
      if (told.kind !== 'at') return finish(told)
      from = processorMs(child.pid)
      limitMs = told.limitMs
      place = told.place
    })
    child.on('exit', (code, signal) => finish({ kind: 'broken', why: `the process ended with ${code ?? signal}` }))
    child.send(message)
  }
}

/** Time of the processor that a process has had, by `ps`, in whole seconds. */
function processorMs(pid: number | undefined): number {
  const text = execFileSync('ps', ['-o', 'cputimes=', '-p', String(pid)], { encoding: 'utf8' })
  return Number(text) * 1000
}

/** Runs every spec of a file, properties on some of their cases, and says what each meets. */
export async function measured(specs: SpecProcess, file: string): Promise<Measured> {
  const answer = await specs.ask({ kind: 'measure', file })
  if (answer.kind !== 'measured') throw new Error(`${file} cannot be measured: ${answer.kind === 'broken' ? answer.why : 'no answer'}`)
  return answer
}

/** Specs that were seen to pass without a mutant, here: one that does not cannot notice any. */
const proven = new Set<string>()

async function prove(specs: SpecProcess, root: string, spec: NonNullable<Held['spec']>, file: string): Promise<void> {
  const name = `${spec.file} #${spec.index}`
  if (proven.has(name)) return
  const text = readFileSync(join(root, file), 'utf8')
  const answer = await specs.ask({ kind: 'hold', mutant: { file, text }, specs: [{ ...spec, limitMs: 1e9 }] })
  if (answer.kind !== 'held' || answer.fate !== 'Survived') throw new Error(`${name} fails unchanged: ${answer.kind === 'held' ? answer.by : 'no answer'}`)
  proven.add(name)
}

/**
 * Holds one mutant against the specs that meet it, in this order. A spec that takes too long has not noticed it, slow as
 * it may only be: the others are asked first.
 */
export async function fateOf(specs: SpecProcess, root: string, place: Place, met: readonly MetSpec[]): Promise<Fate> {
  if (met.length === 0) return { status: 'NoCoverage', by: '', cpuMs: 0 }
  const mutant = { file: place.file, text: mutatedText(readFileSync(join(root, place.file), 'utf8'), place) }
  let order: Hold['specs'] = met.map(({ file, index, cpuMs }) => ({ file, index, limitMs: cpuMs * SLOWER + SLACK_MS }))
  for (let endless = 0; endless < MOST_WITHOUT_END && (endless === 0 || order.length > 0); endless += 1) {
    const answer = await specs.ask({ kind: 'hold', mutant, specs: order })
    if (answer.kind === 'endless') {
      order = order.slice(answer.place + 1)
      continue
    }
    // A mutant that ends the process would end vitest's too.
    if (answer.kind === 'broken') return { status: 'Killed', by: answer.why, cpuMs: 0 }
    if (answer.kind !== 'held') throw new Error(`unexpected answer ${answer.kind}`)
    if (answer.spec !== undefined) await prove(specs, root, answer.spec, place.file)
    return { status: answer.fate === 'Survived' && endless > 0 ? 'Timeout' : answer.fate, by: answer.by, cpuMs: answer.cpuMs ?? 0 }
  }
  return { status: 'Timeout', by: 'specs that take too long', cpuMs: 0 }
}
