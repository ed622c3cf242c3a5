/**
 * Scenarios of one draw and replication, run together: what they have in common runs once.
 *
 *     trunk (the first scenario) ──●───────────●────────→ its own end
 *                                  │           └─ a scenario that differs from here on goes on from a snapshot
 *                                  └─ another
 *
 * Service by service: a scenario that differs from the trunk in no step of a service takes its counts over whole.
 */
import { clearCensus, copyRows, type ServiceCensus } from '../model/census.ts'
import { firstDifference } from '../model/divergence.ts'
import type { KernelMemory } from '../model/kernel-memory.ts'
import { beginService, simulateService, simulateSteps } from '../model/simulate.ts'
import { copyState } from '../model/snapshot.ts'
import type { ServiceTables } from '../model/tables.ts'

/** Memory and counts of the kernel. */
export interface Workplace {
  readonly memory: KernelMemory
  readonly census: ServiceCensus
}

/**
 * Simulates one service under several scenarios.
 * @param variants the service's tables by scenario; the first is the trunk
 * @param keys of its strata, which scenarios share
 * @param onCensus called once for each scenario; the census may be overwritten afterwards
 * @returns pathways by scenario, as if each had run alone
 */
export function simulateTogether(
  variants: readonly ServiceTables[],
  keys: Int32Array,
  trunk: Workplace,
  branch: Workplace,
  onCensus: (scenario: number, census: ServiceCensus) => void,
): number[] {
  const [tables] = variants
  const { steps } = tables
  const branches = variants.map((other, scenario) => ({ scenario, from: firstDifference(tables, other) })).slice(1)
  const pathways = variants.map(() => 0)
  clearCensus(trunk.census)
  let onTrunk = beginService(tables, keys, trunk.memory, trunk.census)
  let at = 0
  const advance = (to: number): void => {
    onTrunk += simulateSteps(tables, trunk.memory, trunk.census, at, to)
    at = to
  }
  for (const { scenario, from } of branches.toSorted((a, b) => a.from - b.from)) {
    if (from > 0) advance(from)
    if (from === steps) {
      pathways[scenario] = onTrunk
      onCensus(scenario, trunk.census)
      continue
    }
    clearCensus(branch.census)
    pathways[scenario] = from === 0
      ? simulateService(variants[scenario], keys, branch.memory, branch.census)
      : onTrunk + goOn(variants[scenario], trunk, branch, from)
    onCensus(scenario, branch.census)
  }
  advance(steps)
  pathways[0] = onTrunk
  onCensus(0, trunk.census)
  return pathways
}

/** Goes on from where the trunk is, on the branch's memory; returns clock starts from there on. */
function goOn(tables: ServiceTables, trunk: Workplace, branch: Workplace, from: number): number {
  copyState(trunk.memory, branch.memory, tables.frailty)
  copyRows(trunk.census, branch.census, from + 1)
  return simulateSteps(tables, branch.memory, branch.census, from, tables.steps)
}

/**
 * Share of a scenario's work that it has in common with the trunk's, 0 to 1: steps before they differ, weighted by the
 * size of each service.
 */
export function shareInCommon(trunk: readonly ServiceTables[], other: readonly ServiceTables[]): number {
  let common = 0
  let all = 0
  trunk.forEach((tables, index) => {
    const size = sum(tables.clockStarts) + sum(tables.first.initial) + sum(tables.admission.initial)
    all += size
    common += (size * firstDifference(tables, other[index])) / tables.steps
  })
  return all === 0 ? 0 : common / all
}

function sum(values: Float64Array | Int32Array): number {
  let total = 0
  for (const value of values) total += value
  return total
}
