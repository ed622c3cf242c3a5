/**
 * What passes between the page and the coordinator, its worker. Both ends are here and neither knows what carries the
 * messages, so that a test can wire them together in one process.
 *
 *     call(method, args) →      ← answer | problems | defect
 *     run(file)          →      ← update, update, …
 *     explain(file)      →      ← explained, explained, …
 */
import type { Port } from '../../execution/protocol.ts'
import type { Problem } from '../../errors.ts'
import { GivenProblems, type Engine, type ExplainUpdate, type ExportedFile, type GapQuestion, type RunUpdate, type ScreenResults, type StudyFile } from '../contract.ts'
import { engineWords } from './messages.ts'
import { problemsIn } from './problems.ts'

/** Methods that answer once. */
type Call = 'packs' | 'studies' | 'addPack' | 'check' | 'write' | 'exportFile' | 'openResults'

/** From the page. */
type ToEngine =
  | { readonly kind: 'call'; readonly id: number; readonly method: Call; readonly args: readonly unknown[] }
  | { readonly kind: 'run'; readonly id: number; readonly file: StudyFile; readonly only: readonly string[] | undefined }
  | { readonly kind: 'cancel' }
  | { readonly kind: 'explain'; readonly id: number; readonly file: StudyFile; readonly question: GapQuestion }
  | { readonly kind: 'stop-explaining' }

/** To the page. */
type FromEngine =
  | { readonly kind: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'problems'; readonly id: number; readonly problems: readonly Problem[] }
  | { readonly kind: 'update'; readonly id: number; readonly update: RunUpdate }
  | { readonly kind: 'explained'; readonly id: number; readonly update: ExplainUpdate }

/** The worker's end. */
export function serveEngine(port: Port, engine: Engine): void {
  const answer = async (id: number, method: Call, args: readonly unknown[]): Promise<void> => {
    try {
      const call = engine[method] as (...given: readonly unknown[]) => Promise<unknown>
      const value = await call(...args)
      port.postMessage({ kind: 'answer', id, value } satisfies FromEngine, buffersOf(value))
    } catch (error) {
      port.postMessage({ kind: 'problems', id, problems: problemsIn(error) } satisfies FromEngine)
    }
  }
  port.on('message', (data) => {
    const message = data as ToEngine
    switch (message.kind) {
      case 'call':
        void answer(message.id, message.method, message.args)
        return
      case 'cancel':
        engine.cancel()
        return
      case 'run':
        engine.run(message.file, (update) => {
          const buffers = update.kind === 'results' ? buffersOf(update.results) : []
          port.postMessage({ kind: 'update', id: message.id, update } satisfies FromEngine, buffers)
        }, message.only)
        return
      case 'explain':
        engine.explain(message.file, message.question, (update) => {
          port.postMessage({ kind: 'explained', id: message.id, update } satisfies FromEngine)
        })
        return
      case 'stop-explaining':
        engine.stopExplaining()
    }
  })
}

/** Buffers that leave without a copy: of a file, or of the series on the screen. Both are made for the message. */
function buffersOf(value: unknown): ArrayBuffer[] {
  const { bytes, series } = (typeof value === 'object' && value !== null ? value : {}) as Partial<ExportedFile & ScreenResults>
  const arrays = bytes === undefined
    ? (series ?? []).flatMap((each) => [each.mean, each.lower, each.upper, each.difference, each.differenceLower, each.differenceUpper])
    : [bytes]
  return [...new Set(arrays.map(({ buffer }) => buffer))].filter((buffer) => buffer instanceof ArrayBuffer)
}

/** The page's end, and what to tell it when the worker is gone. */
export interface EngineClient extends Engine {
  /** Ends everything that was asked for and not answered. */
  fail(reason: string): void
}

interface Pending {
  readonly resolve: (value: unknown) => void
  readonly reject: (error: unknown) => void
}

/** Connects to a coordinator. @param close ends its worker */
export function connectEngine(port: Port, close: () => void): EngineClient {
  const pending = new Map<number, Pending>()
  let run: { readonly id: number; readonly onUpdate: (update: RunUpdate) => void } | null = null
  let explanation: { readonly id: number; readonly onUpdate: (update: ExplainUpdate) => void } | null = null
  let lastId = 0
  let gone: string | null = null

  const update = (id: number, what: RunUpdate): void => {
    if (run?.id !== id) return
    const { onUpdate } = run
    if (isLast(what)) run = null
    onUpdate(what)
  }
  const explained = (id: number, what: ExplainUpdate): void => {
    if (explanation?.id !== id) return
    const { onUpdate } = explanation
    if (what.kind !== 'progress') explanation = null
    onUpdate(what)
  }
  const stopExplaining = (): void => {
    if (explanation === null) return
    port.postMessage({ kind: 'stop-explaining' } satisfies ToEngine)
    explained(explanation.id, { kind: 'cancelled' })
  }
  port.on('message', (data) => {
    const message = data as FromEngine
    if (message.kind === 'update') return update(message.id, message.update)
    if (message.kind === 'explained') return explained(message.id, message.update)
    const waiting = pending.get(message.id)
    pending.delete(message.id)
    if (message.kind === 'answer') waiting?.resolve(message.value)
    else waiting?.reject(new GivenProblems(message.problems))
  })
  const call = <Method extends Call>(method: Method) => (...args: Parameters<Engine[Method]>): ReturnType<Engine[Method]> => {
    const answer = new Promise((resolve, reject) => {
      if (gone !== null) {
        reject(new GivenProblems([{ message: engineWords.gone(gone) }]))
        return
      }
      lastId += 1
      pending.set(lastId, { resolve, reject })
      port.postMessage({ kind: 'call', id: lastId, method, args } satisfies ToEngine)
    })
    return answer as ReturnType<Engine[Method]>
  }
  const fail = (reason: string): void => {
    gone = reason
    const problems = [{ message: engineWords.gone(reason) }]
    for (const { reject } of pending.values()) reject(new GivenProblems(problems))
    pending.clear()
    if (run !== null) update(run.id, { kind: 'failed', problems })
    if (explanation !== null) explained(explanation.id, { kind: 'failed', problems })
  }
  return {
    packs: call('packs'),
    studies: call('studies'),
    addPack: call('addPack'),
    check: call('check'),
    write: call('write'),
    exportFile: call('exportFile'),
    openResults: call('openResults'),
    run(file, onUpdate, only) {
      // The page hears at once that the earlier run has ended, and nothing of it from then on.
      if (run !== null) update(run.id, { kind: 'cancelled' })
      stopExplaining()
      lastId += 1
      run = { id: lastId, onUpdate }
      if (gone === null) port.postMessage({ kind: 'run', id: lastId, file, only } satisfies ToEngine)
      else fail(gone)
    },
    cancel() {
      if (run === null) return
      port.postMessage({ kind: 'cancel' } satisfies ToEngine)
      update(run.id, { kind: 'cancelled' })
    },
    explain(file, question, onUpdate) {
      stopExplaining()
      lastId += 1
      explanation = { id: lastId, onUpdate }
      if (gone === null) port.postMessage({ kind: 'explain', id: lastId, file, question } satisfies ToEngine)
      else fail(gone)
    },
    stopExplaining,
    fail,
    close() {
      fail(engineWords.closed)
      close()
    },
  }
}

/** Whether nothing comes after an update. */
function isLast(update: RunUpdate): boolean {
  if (update.kind === 'results') return update.results.precision.phase === 'done'
  return update.kind !== 'progress'
}
