import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { loadStudy } from '../../src/cli/load-study.ts'
import type { ServiceCensus } from '../../src/model/census.ts'
import { compileScenario } from '../../src/model/compile/index.ts'
import type { ServiceTables } from '../../src/model/tables.ts'
import { concreteStudy } from '../../src/scenario/concrete.ts'
import { flowOver, listAt, simulateMany, sum, waitingByBand } from '../model/tables-fixture.ts'
import { variance } from './statistics.ts'

const STUDY = fileURLToPath(new URL('../../scenarios/recovery.yaml', import.meta.url))
const WEEKS = 104
const REPLICATIONS = 12
const SPECIALTY = 'C_110'

/** People at the end who have waited from so many weeks on, of a stratum or of all. */
function waitingFrom(census: ServiceCensus, week: number, strata: readonly number[]): number {
  return sum(strata.flatMap((stratum) => ([0, 1] as const).map((stage) => sum(waitingByBand(census, WEEKS, stage, stratum).subarray(week)))))
}

const share18 = (census: ServiceCensus, stratum: number): number => 1 - waitingFrom(census, 18, [stratum]) / waitingFrom(census, 0, [stratum])

/** Measures, each with the least factor asked for. Admissions use every slot, so that they hardly vary at all. */
const MEASURES: Readonly<Record<string, { readonly least: number; readonly of: (census: ServiceCensus) => number }>> = {
  'people waiting at the end': { least: 5, of: (census) => listAt(census, WEEKS) },
  'waiting over 52 weeks': { least: 5, of: (census) => waitingFrom(census, 52, [0, 1, 2, 3, 4]) },
  'gap in the share within 18 weeks': { least: 5, of: (census) => share18(census, 4) - share18(census, 0) },
  // Few, and moved by who is treated before; the factor of rare events is smaller.
  'deaths while waiting': { least: 2, of: (census) => flowOver(census, 'died') },
}

function runs(tables: ServiceTables): Record<string, number>[] {
  return simulateMany(tables, REPLICATIONS, (census) => Object.fromEntries(Object.entries(MEASURES).map(([name, measure]) => [name, measure.of(census)])))
}

describe('paired differences on the shipped study, trauma and orthopaedics', () => {
  it('vary far less than differences of unrelated runs', async ({ annotate }) => {
    const { study } = await loadStudy(STUDY, { weeks: WEEKS, scenarios: ['capacity-universal'] })
    const concrete = concreteStudy(study, 0)
    const [reference, scenario] = concrete.scenarios.map((_, index) => {
      const service = compileScenario(concrete, index).services.find(({ code }) => code === SPECIALTY)
      if (service === undefined) throw new Error(`the study has no ${SPECIALTY}`)
      return runs(service)
    })
    const ratios = Object.entries(MEASURES).map(([name, { least }]) => {
      const unpaired = variance(reference.map((run) => run[name])) + variance(scenario.map((run) => run[name]))
      return { name, least, ratio: unpaired / variance(scenario.map((run, index) => run[name] - reference[index][name])) }
    })
    await annotate(ratios.map(({ name, ratio }) => `${name}: ${ratio.toFixed(1)} times`).join('; '))
    for (const { ratio, least } of ratios) expect(ratio).toBeGreaterThan(least)
  })
})
