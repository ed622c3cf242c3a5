/** From gradients to the gap that they make on the lists of a pack, in expected values. */
import { compileScenario } from '../../model/compile/index.ts'
import type { PackBaseline } from '../../scenario/baselines.ts'
import { checkStudyData } from '../../scenario/parse.ts'
import { NO_POSITIONS } from '../../scenario/positions.ts'
import { concreteStudy, resolveStudy } from '../../scenario/resolve.ts'
import type { Study } from '../../scenario/study.ts'
import { BANDS } from '../types.ts'
import { followExpected } from './expected-groups.ts'
import type { Gradients } from './unknowns.ts'

/** Who waits at a time, by group. */
export interface WaitsByGroup {
  readonly waiting: Float64Array
  readonly over18: Float64Array
  readonly over52: Float64Array
}

/** The gap at a time. */
export interface Gap {
  /** Log odds of having waited longer than 18 and 52 weeks, most against least deprived, per unit of rank. */
  readonly lean18: number
  readonly lean52: number
  /** Share within 18 weeks and over 52, quintile 1 less quintile 5, in points. */
  readonly within18Points: number
  readonly over52Points: number
}

/** What gradients lead to. */
export interface Outlook {
  /** Mean over the second half of the second year, when nearly nobody of the list at the start is left. */
  readonly settled: Gap
  /** After one and two years. */
  readonly yearly: readonly Gap[]
}

/** Weeks followed; those from `SETTLED_FROM` on count. */
const WEEKS = 104
const SETTLED_FROM = 78
const YEAR = 52

/**
 * Prepares the lists of a pack, which are followed with today's flows held.
 *
 * @param pack of fifths
 * @returns the gap that gradients make
 */
export async function createOutlook(pack: PackBaseline): Promise<(gradients: Gradients) => Outlook> {
  const study = await studyOf(pack)
  return (gradients) => {
    const weeks = Array.from({ length: WEEKS }, (): WaitsByGroup => ({ waiting: new Float64Array(5), over18: new Float64Array(5), over52: new Float64Array(5) }))
    addSystem(withGradients(study, gradients), weeks)
    const gaps = weeks.map(gapOf)
    return { settled: meanGap(gaps.slice(SETTLED_FROM)), yearly: [1, 2].map((year) => gaps[year * YEAR - 1]) }
  }
}

async function studyOf(pack: PackBaseline): Promise<Study> {
  const data = { schemaVersion: 1, name: 'gradients', baseline: pack.path, time: { weeks: WEEKS }, scenarios: { 'as-it-is': {} } }
  return resolveStudy(await checkStudyData(data, NO_POSITIONS), pack, NO_POSITIONS)
}

function withGradients(study: Study, { assumptions, useExponent }: Gradients): Study {
  const { baseline } = study
  if (baseline.kind !== 'pack') throw new Error('a study of one pack is expected')
  const { deprivation } = baseline.pack
  const residents = deprivation.population.reduce((a, b) => a + b, 0)
  const steeper = (shares: readonly number[]): number[] => {
    const use = shares.map((share, group) => {
      const head = deprivation.population[group] / residents
      return head * (share / head) ** useExponent
    })
    const total = use.reduce((a, b) => a + b, 0)
    return use.map((share) => share / total)
  }
  const pack = { ...baseline.pack, deprivation: { ...deprivation, listShare: steeper(deprivation.listShare), startShare: steeper(deprivation.startShare) } }
  return { ...study, baseline: { ...baseline, pack }, assumptions: { ...study.assumptions, ...assumptions } }
}

/** Adds a system's lists to those of every week. */
function addSystem(study: Study, weeks: readonly WaitsByGroup[]): void {
  for (const service of compileScenario(concreteStudy(study, 0), 0).services) {
    followExpected(service, (step, { first, admission }) => {
      const { waiting, over18, over52 } = weeks[step]
      for (let cell = 0; cell < first.length; cell++) {
        const people = first[cell] + admission[cell]
        const group = Math.floor(cell / BANDS)
        const band = cell % BANDS
        waiting[group] += people
        if (band >= 18) over18[group] += people
        if (band >= 52) over52[group] += people
      }
    })
  }
}

/** The gap in a week's lists. */
export function gapOf({ waiting, over18, over52 }: WaitsByGroup): Gap {
  const longer = (over: Float64Array): number[] => Array.from(waiting, (people, group) => over[group] / people)
  const shares18 = longer(over18)
  const shares52 = longer(over52)
  return {
    lean18: lean(shares18),
    lean52: lean(shares52),
    within18Points: 100 * (shares18[4] - shares18[0]),
    over52Points: 100 * (shares52[0] - shares52[4]),
  }
}

/** Straight line of log odds over ranks, quintile 1 less 5, per unit of rank. */
function lean(shares: readonly number[]): number {
  const logOdds = shares.map((share) => Math.log(share / (1 - share)))
  const height = shares.map((_, group) => 0.5 - (group + 0.5) / shares.length)
  const spread = height.reduce((sum, value) => sum + value * value, 0)
  return height.reduce((sum, value, group) => sum + value * logOdds[group], 0) / spread
}

function meanGap(gaps: readonly Gap[]): Gap {
  const mean = (read: (gap: Gap) => number): number => gaps.reduce((sum, gap) => sum + read(gap), 0) / gaps.length
  return {
    lean18: mean(({ lean18 }) => lean18),
    lean52: mean(({ lean52 }) => lean52),
    within18Points: mean(({ within18Points }) => within18Points),
    over52Points: mean(({ over52Points }) => over52Points),
  }
}
