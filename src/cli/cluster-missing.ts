/** What a sweep still has to run, in the numbers that shares of it are made of. */
import { itemCount, RangeBuilder } from '../execution/cluster/share.ts'
import type { Range } from '../execution/cluster/share.ts'
import type { Until } from '../experiment/sweep/design.ts'
import { watchedValue } from '../experiment/sweep/kept.ts'
import type { SweepPoint } from '../experiment/sweep/point-runs.ts'
import { drawCount } from '../experiment/sweep/rounds.ts'
import { createStoppingRule } from '../experiment/sweep/stopping.ts'
import type { StoreReader } from '../results/store/run-store.ts'
import type { SweepPlan } from './sweep-plan.ts'
import { planPoints } from './sweep-plan.ts'

/** What is missing of a sweep: neither stored nor set aside. */
export interface Missing {
  /** Numbers of groups; with a stopping rule of points, whose replications follow one from the other. */
  readonly ranges: readonly Range[]
  readonly items: number
  /** Runs, at most where replications are adaptive. Runs that points share count for each of them. */
  readonly runs: number
}

/** How many numbers a sweep has, from 0: of groups, or with a stopping rule of points. */
export function numbersOf(plan: SweepPlan): number {
  const { design } = plan.source
  const { count } = planPoints(plan)
  return design.until === null ? count * drawCount(design) * design.replications : count
}

/** Walks over a sweep and lists what is missing. */
export async function missingOf(plan: SweepPlan, store: StoreReader): Promise<Missing> {
  const { design, scenarioIds } = plan.source
  const points = planPoints(plan)
  const perPoint = drawCount(design) * design.replications
  const found = new RangeBuilder()
  for (let number = 0; number < points.count; number += 1) {
    const point = await points.at(number)
    if (design.until === null) {
      for (let k = 0; k < perPoint; k += 1) {
        if (isGroupMissing(plan, store, point, k)) found.add(number * perPoint + k)
      }
    } else if (await isPointMissing(plan, store, point, design.until)) found.add(number)
  }
  const items = itemCount(found.ranges)
  const groups = design.until === null ? items : items * perPoint
  return { ranges: found.ranges, items, runs: groups * scenarioIds.length }
}

/** @param group number of draw and replication within the point */
function isGroupMissing({ source }: SweepPlan, store: StoreReader, point: SweepPoint, group: number): boolean {
  const { replications } = source.design
  const draw = Math.floor(group / replications)
  return source.scenarioIds.some((_, scenario) => {
    const run = point.idOf({ scenario, draw, replication: group % replications })
    return !store.has(run) && !store.aside.has(run)
  })
}

/** Whether the rule asks for a run of this point that there is not. */
async function isPointMissing(plan: SweepPlan, store: StoreReader, point: SweepPoint, until: Until): Promise<boolean> {
  const rule = createStoppingRule(until)
  for (let replication = 0; replication < until.maxReplications; replication += 1) {
    if (isGroupMissing(plan, store, point, replication)) return true
    // A point that makes no study has nothing to watch: its runs are set aside up to the first check.
    if (point.fault !== null) return false
    const cell = watchedValue(point.kept, until)
    const value = async (scenario: number): Promise<number> =>
      (await store.read(point.idOf({ scenario, draw: 0, replication })))?.[cell] ?? Number.NaN
    rule.add((await value(plan.source.scenarioIds.indexOf(until.scenario))) - (await value(0)))
    if (rule.verdict() !== null) return false
  }
  return false
}
