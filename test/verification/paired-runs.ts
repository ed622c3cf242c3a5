/** How much less a difference of paired runs varies than one of unrelated runs, on the shipped study. */
import { fileURLToPath } from 'node:url'
import { loadStudy } from '../../src/cli/load-study.ts'
import type { ServiceCensus } from '../../src/model/census.ts'
import { compileScenario } from '../../src/model/compile/index.ts'
import { concreteStudy } from '../../src/scenario/concrete.ts'
import type { ServiceTables } from '../../src/model/tables.ts'
import { flowOver, listAt, simulateMany, sum, waitingByBand } from '../model/tables-fixture.ts'
import { variance } from './statistics.ts'

const STUDY = fileURLToPath(new URL('../../scenarios/recovery.yaml', import.meta.url))
/** Weeks of the study that are simulated. */
export const WEEKS = 104
/** Compared with no investment. */
const SCENARIO = 'capacity-universal'

/** People at the end who have waited from so many weeks on, of some strata or of all. */
function waitingFrom(census: ServiceCensus, week: number, strata: readonly number[] = Array.from({ length: census.strata }, (_, stratum) => stratum)): number {
  return sum(strata.flatMap((stratum) => ([0, 1] as const).map((stage) => sum(waitingByBand(census, census.steps, stage, stratum).subarray(week)))))
}

/** Share of those waiting at the end within 18 weeks, of the strata of a fifth. */
function share18(census: ServiceCensus, fifth: number): number {
  const each = census.strata / 5
  const strata = Array.from({ length: each }, (_, index) => fifth * each + index)
  return 1 - waitingFrom(census, 18, strata) / waitingFrom(census, 0, strata)
}

const inAll = (flow: Parameters<typeof flowOver>[1]) => (census: ServiceCensus): number => flowOver(census, flow)

/** Measures of a run. Admissions use every slot, so that they hardly vary at all, and are left out. */
const MEASURES: Readonly<Record<string, (census: ServiceCensus) => number>> = {
  'people waiting at the end': (census) => listAt(census, census.steps),
  'waiting over 18 weeks': (census) => waitingFrom(census, 18),
  'waiting over 52 weeks': (census) => waitingFrom(census, 52),
  'gap in the share within 18 weeks': (census) => share18(census, 4) - share18(census, 0),
  'removed from the list': inAll('removed'),
  'missed appointments': inAll('dna'),
  'emergencies while waiting': inAll('emergency'),
  'deaths while waiting': inAll('died'),
}

const measured = (tables: ServiceTables, replications: number): Record<string, number>[] =>
  simulateMany(tables, replications, (census) => Object.fromEntries(Object.entries(MEASURES).map(([name, measure]) => [name, measure(census)])))

/**
 * By specialty and measure: variance of the difference of unrelated runs ÷ that of paired ones. With n replications it
 * is known to within a factor of about e^(±2√(2 ÷ (n − 1))).
 */
export async function pairedRatios(codes: readonly string[], replications: number): Promise<Map<string, Map<string, number>>> {
  const { study } = await loadStudy(STUDY, { weeks: WEEKS, scenarios: [SCENARIO] })
  const concrete = concreteStudy(study, 0)
  const compiled = concrete.scenarios.map((_, index) => compileScenario(concrete, index).services)
  return new Map(
    codes.map((code) => {
      const [reference, scenario] = compiled.map((services) => {
        const service = services.find((each) => each.code === code)
        if (service === undefined) throw new Error(`the study has no ${code}`)
        return measured(service, replications)
      })
      const ratio = (name: string): number => {
        const unpaired = variance(reference.map((run) => run[name])) + variance(scenario.map((run) => run[name]))
        return unpaired / variance(scenario.map((run, index) => run[name] - reference[index][name]))
      }
      return [code, new Map(Object.keys(MEASURES).map((name) => [name, ratio(name)]))]
    }),
  )
}
