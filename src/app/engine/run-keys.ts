/**
 * What makes the runs of a scenario what they are, as text: two scenarios with the same key have the same numbers in
 * every draw and replication. So a moved slider runs again only what it changed.
 */
import { canonicalJson } from '../../experiment/sweep/identity.ts'
import { systemsOf } from '../../scenario/baselines.ts'
import { designIdentity } from '../../scenario/draws/study-draws.ts'
import type { Study, SystemBaseline } from '../../scenario/study.ts'

/** Parts of a study that no run's numbers depend on: names, and how much of it is run. */
const IRRELEVANT: ReadonlySet<string> = new Set(['name', 'title', 'description', 'baseline', 'scenarios', 'reference', 'replications', 'draws', 'targets', 'assumptionsSet'])

/** Keys of a study's scenarios. */
export interface RunKeys {
  /** Of everything that scenarios have in common. */
  readonly common: string
  /** By scenario, in the study's order; the common part is in them. */
  readonly scenarios: readonly string[]
}

/** The keys of a study. */
export function runKeys(study: Study): RunKeys {
  const relevant = Object.entries(study).filter(([key]) => !IRRELEVANT.has(key))
  const common = canonicalJson([
    Object.fromEntries(relevant),
    systemsOf(study.baseline).map(systemKey),
    study.draws > 0,
    designIdentity(study),
    sharedByScenarios(study),
  ])
  const scenarios = study.scenarios.map(({ title: _title, description: _description, ...changes }) => `${common}\n${canonicalJson(changes)}`)
  return { common, scenarios }
}

/** A pack is known by its hash: its text is long, and read at every move of a slider. */
function systemKey(system: SystemBaseline): unknown {
  return system.kind === 'pack' ? system.sha256 : system.baseline
}

/**
 * What one scenario says that changes how every scenario is laid out: systems that any of them links share queues in
 * all, and adjusted assumptions may need states that others have, too.
 */
function sharedByScenarios({ scenarios }: Study): unknown {
  return [
    scenarios.flatMap(({ mutualAid }) => mutualAid.map(({ from, to, specialties }) => [from, to, specialties])),
    [...new Set(scenarios.flatMap(({ adjustments }) => adjustments.map(({ assumption }) => assumption)))].toSorted(),
  ]
}
