/** What is remembered from one run to the next, so that a moved slider runs again only what it changed. */
import { concreteStudy } from '../../scenario/concrete.ts'
import { buildCatalogue } from '../../measures/catalogue.ts'
import type { TargetOutcome } from '../../measures/targets.ts'
import type { SeriesCatalogue } from '../../measures/types.ts'
import { compileScenario } from '../../model/compile/index.ts'
import type { BudgetLine } from '../../model/tables.ts'
import type { ScenarioMoments } from '../../experiment/aggregate.ts'
import type { RunRows } from '../../results/types.ts'
import type { Study } from '../../scenario/study.ts'
import { createByteCache, type ByteCache } from './byte-cache.ts'
import type { RunKeys } from './run-keys.ts'

const MEGABYTE = 1_000_000
/** A run as the screen keeps it is 54 kilobytes for five years. */
const SHOWN_RUNS_BYTES = 96 * MEGABYTE
/** Whole runs of the reference, which changed scenarios are compared with; 13 megabytes each for such a board. */
const REFERENCE_RUNS_BYTES = 160 * MEGABYTE
/** Accounts of scenarios as sliders move; each is a few kilobytes. */
const MOST_BUDGETS = 200

/** A scenario that has been run in full. */
export interface FinishedScenario {
  readonly moments: ScenarioMoments
  readonly runs: RunRows['runs']
  readonly targets: readonly TargetOutcome[]
}

/** What a study's compiled scenarios say before any run. */
export interface StudyFacts {
  readonly catalogue: SeriesCatalogue
  /** By scenario, in the study's order. */
  readonly budgets: readonly (readonly BudgetLine[])[]
}

/** What is remembered. */
export interface RunMemory {
  /** Runs as the screen keeps them, by key, draw and replication. */
  readonly shown: ByteCache
  /** Whole runs of references. */
  readonly references: ByteCache
  /** Scenarios of the last results, by everything that their numbers depend on. */
  finished: Map<string, FinishedScenario>
  /** Compiles the scenarios that have not been compiled before. @throws InputError where one cannot be */
  facts(study: Study, keys: RunKeys): StudyFacts
  /** Compiles a scenario where none with the same common part was the last to be. @throws InputError where it cannot be */
  catalogue(study: Study, keys: RunKeys): SeriesCatalogue
  /** Takes what another thread has compiled. */
  learn(key: string, lines: readonly BudgetLine[]): void
  /** Seconds that one pathway takes a worker, as last measured on whole runs. */
  secondsPerPathway: number
  /** The fraction of pathways of first looks, for studies with this common part; null before the first. */
  preview: { readonly common: string; readonly sample: number | null } | null
}

/** Before anything was measured: a middling laptop. */
const SECONDS_PER_PATHWAY = 0.5e-6

/** An empty memory. */
export function createRunMemory(): RunMemory {
  let known: { readonly common: string; readonly catalogue: SeriesCatalogue } | null = null
  const budgets = new Map<string, readonly BudgetLine[]>()
  const compile = (study: Study, { common, scenarios }: RunKeys, missing: readonly number[]): SeriesCatalogue => {
    const concrete = concreteStudy(study, 0)
    for (const scenario of missing) {
      const compiled = compileScenario(concrete, scenario)
      if (known?.common !== common) known = { common, catalogue: buildCatalogue(compiled) }
      budgets.set(scenarios[scenario], compiled.budgets)
    }
    if (known === null) throw new Error('a study without scenarios was run')
    return known.catalogue
  }
  const catalogueOf = (study: Study, keys: RunKeys): SeriesCatalogue => (known?.common === keys.common ? known.catalogue : compile(study, keys, [0]))
  const factsOf = (study: Study, keys: RunKeys): StudyFacts => {
    const catalogue = catalogueOf(study, keys)
    const missing = keys.scenarios.flatMap((key, index) => (budgets.has(key) ? [] : [index]))
    if (missing.length > 0) compile(study, keys, missing)
    const facts = { catalogue, budgets: keys.scenarios.map((key) => budgets.get(key) ?? []) }
    for (const oldest of budgets.keys()) {
      if (budgets.size <= MOST_BUDGETS) break
      budgets.delete(oldest)
    }
    return facts
  }
  return {
    shown: createByteCache(SHOWN_RUNS_BYTES),
    references: createByteCache(REFERENCE_RUNS_BYTES),
    finished: new Map(),
    facts: factsOf,
    catalogue: catalogueOf,
    learn: (key, lines) => void budgets.set(key, lines),
    secondsPerPathway: SECONDS_PER_PATHWAY,
    preview: null,
  }
}
