/** The first look: one run of each scenario in a fraction of the pathways, within about half a second. */
import { studySize } from '../../scenario/size.ts'
import type { Study } from '../../scenario/study.ts'
import type { ScreenResults } from '../contract.ts'
import type { Looks } from './looks/looks.ts'
import { runKeys, type RunKeys } from './run-keys.ts'
import type { RunMemory } from './run-memory.ts'
import { placesOf, referenceFirst } from './run-order.ts'
import { screenResults } from './screen-results.ts'
import { shownResults } from './shown-results.ts'
import { shownPart, shownSeries } from './shown-series.ts'

/** Time for the pathways of one scenario's run; compiling and measuring it take three times as long. */
const SECONDS_A_RUN = 0.1
/** Fractions to choose from: few, so that scenarios run before stay comparable when the machine's speed wavers. */
const SAMPLES = [0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001]

/**
 * Fraction of pathways for the first look; null where the whole study is as quick. What has once been chosen stays until
 * something common to all scenarios changes: another fraction would mean running all of them again.
 */
export function previewSample(study: Study, { common }: RunKeys, memory: RunMemory): number | null {
  if (memory.preview?.common !== common) memory.preview = { common, sample: chosenSample(study, memory.secondsPerPathway) }
  return memory.preview.sample
}

function chosenSample(study: Study, secondsPerPathway: number): number | null {
  const secondsForAll = (studySize(study).pathwaysPerRun / study.sample) * secondsPerPathway
  if (placesOf(study).length === 1 && secondsForAll * study.sample <= SECONDS_A_RUN) return null
  const sample = SAMPLES.find((each) => secondsForAll * each <= SECONDS_A_RUN) ?? SAMPLES[SAMPLES.length - 1]
  return Math.min(sample, study.sample)
}

/** What a preview needs. */
export interface PreviewRun {
  readonly study: Study
  readonly keys: RunKeys
  readonly sample: number
  readonly looks: Looks
  readonly memory: RunMemory
  readonly signal: AbortSignal
}

/**
 * Looks at the scenarios that have not been looked at with this sample, once each at the means of what is uncertain, and
 * shows all.
 * @throws InputError where the study cannot be compiled; the signal's reason when it is aborted
 */
export async function runPreview({ study, keys, sample, looks, memory, signal }: PreviewRun): Promise<ScreenResults> {
  const quick: Study = { ...study, sample, replications: 1, draws: 0 }
  const quickKeys = runKeys(quick).scenarios
  const runKey = (scenario: number): string => `${quickKeys[scenario]}\n${shownPart(study)}`
  const shown = study.scenarios.map((_, scenario) => memory.shown.get(runKey(scenario)))
  const unseen = referenceFirst(study).filter((scenario) => shown[scenario] === null)
  const looking = looks.look(quick, unseen, signal)
  // Workers are asked before this one gets busy; what they throw is met below.
  looking.catch(() => undefined)
  await turnOfEventLoop()
  const series = shownSeries(study, memory.catalogue(study, keys))
  const seen = await looking
  signal.throwIfAborted()
  seen.forEach(({ values, budgets }, index) => {
    const scenario = unseen[index]
    shown[scenario] = values
    memory.shown.set(runKey(scenario), values)
    if (study.draws === 0) memory.learn(keys.scenarios[scenario], budgets)
  })
  const results = shownResults(study, memory.facts(study, keys), series, shown.map((values) => (values === null ? [] : [values])), placesOf(quick))
  return screenResults(results, { phase: 'preview', sample, replications: 1, of: placesOf(study).length, progress: 0 })
}

function turnOfEventLoop(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 0)
  })
}
