/**
 * A process that runs specs as it is told (`messages.ts`), each mutant with modules of its own: what is in `src` and `test`
 * is loaded again under another name, what is in `node_modules` once. Nothing is written, so that a working tree is left
 * as it is. Sources are read once, when first met.
 */
import { readFileSync } from 'node:fs'
import { registerHooks, stripTypeScriptTypes } from 'node:module'
import { Session, type Profiler } from 'node:inspector'
import { join, relative, sep } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import fc from 'fast-check'
import type { FromProcess, Hold, Measure, Measured, ToProcess } from './messages.ts'

const root = join(import.meta.dirname, '..', '..')
const words = pathToFileURL(join(import.meta.dirname, 'spec-words.ts')).href
const javaScript = new Map<string, string>()

// Vitest's `expect` looks for the process that vitest would have started. A property that fails once has noticed.
Object.assign(globalThis, { __vitest_worker__: { config: {}, environment: {} } })
fc.configureGlobal({ endOnFailure: true })

/** Counting what a property meets slows it down many times; some of its cases meet what all do. Of the day's time. */
const MEASURED_FOR_MS = 4_000

/** Counts up with every mutant: part of the address of all modules that are loaded for it. */
let generation = 0
/** Text to load in place of a file, by its path. */
let changed = new Map<string, string>()

const isOwn = (url: string): boolean => {
  if (!url.startsWith('file:')) return false
  const top = relative(root, fileURLToPath(url)).split(sep)[0]
  return top === 'src' || top === 'test'
}

const stripped = (text: string): string => stripTypeScriptTypes(text, { mode: 'strip' })

function sourceOf(path: string): string {
  const own = changed.get(path)
  if (own !== undefined) return stripped(own)
  const known = javaScript.get(path) ?? stripped(readFileSync(path, 'utf8'))
  javaScript.set(path, known)
  return known
}

registerHooks({
  resolve(specifier, context, next) {
    if (specifier === 'vitest' && isOwn(context.parentURL ?? '')) return { url: words, shortCircuit: true }
    const found = next(specifier, context)
    return isOwn(found.url) && found.url.endsWith('.ts') ? { ...found, url: `${found.url}?generation=${generation}` } : found
  },
  load(url, context, next) {
    if (!isOwn(url) || !url.includes('?generation=')) return next(url, context)
    return { format: 'module', source: sourceOf(fileURLToPath(url)), shortCircuit: true }
  },
})

const { collect } = await import('./spec-words.ts')
const cpuMs = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

const tell = (message: FromProcess): Promise<void> =>
  new Promise((resolve, reject) => {
    process.send?.(message, (error: Error | null) => (error === null ? resolve() : reject(error)))
  })

/** The specs of a file, by this generation's modules. */
async function specsOf(file: string): Promise<ReturnType<ReturnType<typeof collect>>> {
  const specs = collect()
  await import(`${pathToFileURL(join(root, file)).href}?generation=${generation}`)
  return specs()
}

const session = new Session()

function counted(): Profiler.ScriptCoverage[] {
  let result: Profiler.ScriptCoverage[] = []
  session.post('Profiler.takePreciseCoverage', (error, coverage) => {
    if (error !== null) throw error
    result = coverage.result
  })
  return result.filter(({ url }) => url.includes('?generation='))
}

/** Functions that ran since last asked, `file:from-to`; and every one that is known of. */
function functionsMet(): { met: string[]; known: string[] } {
  const all = counted().flatMap(({ url, functions }) =>
    functions.map(({ ranges: [{ startOffset, endOffset, count }] }) => ({
      key: `${relative(root, fileURLToPath(url))}:${startOffset}-${endOffset}`,
      count,
    })),
  )
  return { met: all.filter(({ count }) => count > 0).map(({ key }) => key), known: all.map(({ key }) => key) }
}

async function measure({ file }: Measure): Promise<Measured> {
  generation += 1
  changed = new Map()
  fc.configureGlobal({ endOnFailure: true, interruptAfterTimeLimit: MEASURED_FOR_MS })
  session.connect()
  session.post('Profiler.enable')
  session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false })
  const before = cpuMs()
  const specs = await specsOf(file)
  const loading = { cpuMs: cpuMs() - before, ...functionsMet() }
  const known = new Set(loading.known)
  const measured: { name: string; cpuMs: number; met: string[] }[] = []
  for (const { name, run } of specs) {
    const from = cpuMs()
    // Whether a spec passes is not asked here: some count how often something happens over all cases.
    await Promise.resolve().then(run).catch(() => {})
    const took = cpuMs() - from
    const functions = functionsMet()
    functions.known.forEach((key) => known.add(key))
    measured.push({ name, cpuMs: took, met: functions.met })
  }
  session.post('Profiler.stopPreciseCoverage')
  session.disconnect()
  fc.configureGlobal({ endOnFailure: true })
  return { kind: 'measured', file, loading: { cpuMs: loading.cpuMs, met: loading.met }, specs: measured, known: [...known] }
}

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error)).split('\n')[0].slice(0, 160)

/** Runs the specs one by one until one fails. */
async function hold({ mutant, specs }: Hold): Promise<FromProcess> {
  generation += 1
  changed = new Map([[join(root, mutant.file), mutant.text]])
  try {
    stripped(mutant.text)
  } catch {
    return { kind: 'held', fate: 'RuntimeError', by: 'cannot be read as a program' }
  }
  const files = new Map<string, Awaited<ReturnType<typeof specsOf>>>()
  const from = cpuMs()
  for (const [place, { file, index, limitMs }] of specs.entries()) {
    await tell({ kind: 'at', place, limitMs })
    try {
      const own = files.get(file) ?? (await specsOf(file))
      files.set(file, own)
      if (own.length <= index) throw new Error('the spec is gone')
      await own[index].run()
    } catch (error) {
      return { kind: 'held', fate: 'Killed', spec: { file, index }, by: `${file} #${index}: ${wordsOf(error)}`, cpuMs: cpuMs() - from }
    }
  }
  return { kind: 'held', fate: 'Survived', by: '', cpuMs: cpuMs() - from }
}

process.on('message', (message: ToProcess) => {
  const work = message.kind === 'measure' ? measure(message) : hold(message)
  work.then(tell, (error: unknown) => tell({ kind: 'broken', why: error instanceof Error ? (error.stack ?? error.message) : String(error) })).catch(() => process.exit(1))
})
