/** The canonical order of a study's runs: for draw, for replication, for scenario with the reference first. */
import type { Study } from '../../scenario/study.ts'

/** One random run, whatever the scenario. */
export interface RunPlace {
  readonly draw: number
  readonly replication: number
}

/** Scenario indices, the reference first. */
export function referenceFirst({ scenarios, reference }: Study): number[] {
  const first = scenarios.findIndex(({ id }) => id === reference)
  return [first, ...[...scenarios.keys()].filter((index) => index !== first)]
}

/** Every draw and replication of a study. */
export function placesOf({ draws, replications }: Study): RunPlace[] {
  return Array.from({ length: Math.max(1, draws) * replications }, (_, index) => ({
    draw: Math.floor(index / replications),
    replication: index % replications,
  }))
}

/** Whether several runs share each draw, so that draws are what intervals are over. */
export function isNested({ draws, replications }: Study): boolean {
  return draws > 1 && replications > 1
}
