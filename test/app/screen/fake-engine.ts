/** An engine that answers at once with made-up results, so that the screen can be tested alone. */
import { parse, stringify } from 'yaml'
import {
  GivenProblems,
  type CheckedStudy,
  type Engine,
  type ExplainUpdate,
  type GivenFile,
  type PackEntry,
  type Precision,
  type RunUpdate,
  type ScreenResults,
  type StudyFile,
} from '../../../src/app/contract.ts'
import type { Study } from '../../../src/scenario/study.ts'
import { fakeExplanation } from './fake-explanation.ts'
import { fakeResults } from './fake-results.ts'
import recovery from '../../../scenarios/recovery.yaml?raw'

const pack = (code: string, name: string, region: string, own = false): PackEntry => ({
  path: `baselines/${code}-2026-01.json`,
  code,
  name,
  region,
  listDate: '2026-01-31',
  own,
})

const PACKS: readonly PackEntry[] = [
  pack('ENG', 'England', 'England'),
  pack('QYG', 'Cheshire and Merseyside', 'North West'),
  pack('QOP', 'Greater Manchester', 'North West'),
]

/** The study as far as the screen reads it. */
function studyOf(file: StudyFile): Study {
  const reference = file.reference ?? Object.keys(file.scenarios)[0]
  const targets = (file.targets ?? []).map(({ id, title, measure, by }) => ({ id, title: title ?? id, measure, by }))
  const time = { start: file.time.start ?? '2026-02-01', weeks: file.time.weeks }
  const specialties = [{ code: 'C_110', name: 'Trauma and Orthopaedics' }]
  const baseline = { kind: 'pack', pack: { specialties } }
  return { ...file, title: file.title ?? file.name, reference, targets, time, baseline } as unknown as Study
}

/** Precision of the steps of a run. */
const STEPS: readonly Precision[] = [
  { phase: 'preview', sample: 0.05, replications: 1, of: 8, progress: 0.05 },
  { phase: 'refining', sample: 1, replications: 4, of: 8, progress: 0.5 },
  { phase: 'done', sample: 1, replications: 8, of: 8, progress: 1 },
]
/** Between the steps, milliseconds. */
const STEP_MS = 40

/** Makes one. */
export function createEngine(): Engine {
  const packs = [...PACKS]
  let timer: ReturnType<typeof setTimeout> | undefined
  let tell: ((update: RunUpdate) => void) | null = null
  let explaining: ReturnType<typeof setTimeout> | undefined
  let tellExplained: ((update: ExplainUpdate) => void) | null = null
  const endExplaining = (): void => {
    clearTimeout(explaining)
    tellExplained?.({ kind: 'cancelled' })
    tellExplained = null
  }
  const end = (): void => {
    clearTimeout(timer)
    tell?.({ kind: 'cancelled' })
    tell = null
  }
  return {
    packs: () => Promise.resolve(packs),
    studies: () => Promise.resolve([{ name: 'recovery', title: 'Recovery and the gap in Cheshire and Merseyside', description: '', text: recovery }]),
    addPack: (file) => Promise.resolve(addPack(packs, file)),
    check: async (text) => checked(text),
    write: (file) => Promise.resolve(stringify(file)),
    run(file, onUpdate, only) {
      end()
      endExplaining()
      tell = onUpdate
      const study = studyOf(file)
      const step = (index: number): void => {
        const precision = STEPS[index]
        if (file.name === 'endless' && index === 1) return onUpdate({ kind: 'progress', precision })
        onUpdate({ kind: 'results', results: fakeResults(file, study, precision, only) })
        if (index + 1 < STEPS.length) timer = setTimeout(step, STEP_MS, index + 1)
        else tell = null
      }
      timer = setTimeout(step, STEP_MS, 0)
    },
    cancel: end,
    explain(file, question, onUpdate) {
      endExplaining()
      tellExplained = onUpdate
      onUpdate({ kind: 'progress', runs: 6, of: 48, secondsLeft: 12 })
      // The study of this name is never explained to its end.
      if (file.name === 'endless') return
      explaining = setTimeout(() => {
        tellExplained = null
        onUpdate({ kind: 'explained', explanation: fakeExplanation(file, question) })
      }, STEP_MS)
    },
    stopExplaining: endExplaining,
    exportFile: (kind) => Promise.resolve({ name: kind, mediaType: 'text/plain', bytes: new TextEncoder().encode(`made-up ${kind}`) }),
    openResults: (files) => Promise.resolve(openResults(files)),
    close: end,
  }
}

function checked(text: string): CheckedStudy {
  const file = parse(text) as StudyFile
  if (file.schemaVersion !== 1) {
    throw new GivenProblems([{ line: 1, path: 'schemaVersion', message: `must be 1, is ${JSON.stringify(file.schemaVersion)}` }])
  }
  return { file, study: studyOf(file) }
}

function addPack(packs: PackEntry[], { name, bytes }: GivenFile): PackEntry {
  const content = JSON.parse(new TextDecoder().decode(bytes)) as { readonly version: number; readonly system: { readonly name: string } }
  if (content.version !== 1) throw new GivenProblems([{ file: name, path: 'version', message: 'must be 1' }])
  const entry = pack('OWN', content.system.name, 'Own', true)
  packs.push(entry)
  return entry
}

function openResults(files: readonly GivenFile[]): ScreenResults {
  if (!files.some(({ name }) => name === 'series.csv')) throw new GivenProblems([{ file: 'manifest.json', message: 'series.csv is not beside it' }])
  const { file, study } = checked(recovery)
  return fakeResults(file, study, STEPS[2])
}
