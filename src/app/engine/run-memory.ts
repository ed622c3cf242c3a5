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
/** A run as the screen keeps it is half a megabyte for a board of 23 specialties. */
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
  const factsOf = (study: Study, { common, scenarios }: RunKeys): StudyFacts => {
    let concrete: ReturnType<typeof concreteStudy> | null = null
    for (const [index, key] of scenarios.entries()) {
      if (budgets.has(key) && known?.common === common) continue
      const compiled = compileScenario((concrete ??= concreteStudy(study, 0)), index)
      if (known?.common !== common) known = { common, catalogue: buildCatalogue(compiled) }
      budgets.set(key, compiled.budgets)
    }
    if (known === null) throw new Error('a study without scenarios was run')
    const facts = { catalogue: known.catalogue, budgets: scenarios.map((key) => budgets.get(key) ?? []) }
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
    secondsPerPathway: SECONDS_PER_PATHWAY,
    preview: null,
  }
}
