/**
 * One run of a scenario, of which only what the screen shows is measured:
 *
 *     draw → concrete study → compiled scenario → kernel, for a part of its services → counts → measures of all of them
 *
 * The numbers are those of a whole run (`src/experiment/run-task.ts`); a test holds them to it.
 */
import { seedWords } from '../../../experiment/run-task.ts'
import { buildCatalogue } from '../../../measures/catalogue.ts'
import { addCounts, emptyCounts, type Counts } from '../../../measures/gather.ts'
import { summedMeasures } from '../../../measures/layout.ts'
import { createBlockMeasurer } from '../../../measures/measure-block.ts'
import { clearCensus, createCensus, type ServiceCensus } from '../../../model/census.ts'
import { compileScenario } from '../../../model/compile/index.ts'
import { stratumKeys } from '../../../model/identity.ts'
import { createKernelMemory, simulateService, type KernelMemory } from '../../../model/simulate.ts'
import type { CompiledScenario, ServiceTables } from '../../../model/tables.ts'
import { concreteStudy } from '../../../scenario/concrete.ts'
import type { Study } from '../../../scenario/study.ts'
import { shownSeries } from '../shown-series.ts'
import type { CountsByBlock, Look } from './messages.ts'

/** Which part of a scenario's services is simulated here. */
export interface LookPart {
  /** Without draws. */
  readonly study: Study
  readonly scenario: number
  /** From 0. */
  readonly part: number
  readonly parts: number
}

/** A look under way: what this part counted, and what it makes of the counts of all parts. */
export interface LookUnderWay {
  readonly counts: CountsByBlock
  /** Adds the counts of the other parts to its own, and measures them. */
  finish(others: readonly CountsByBlock[]): Look
}

/** Where looks are worked out: memory that stands from one to the next. */
export interface LookPlace {
  take(part: LookPart): LookUnderWay
}

/** A place with no memory yet. */
export function createLookPlace(): LookPlace {
  const workplaceFor = createWorkplaces()
  return {
    take({ study, scenario, part, parts }) {
      const compiled = compileScenario(concreteStudy(study, 0), scenario)
      const blocks = new Set(blocksToMeasure(study, compiled))
      const counts = new Map<number, Counts>()
      const seed = seedWords(study.seed)
      for (const tables of compiled.services.filter((_, index) => index % parts === part)) {
        const { memory, census } = workplaceFor(tables)
        clearCensus(census)
        simulateService(tables, stratumKeys(seed, 0, tables, 0), memory, census)
        for (const block of [0, tables.specialty + 1]) {
          if (!blocks.has(block)) continue
          const total = counts.get(block) ?? emptyCounts(compiled.dates.length - 1, compiled.strata, census.bands)
          counts.set(block, total)
          addCounts(total, census, { tables, warmUpSteps: compiled.warmUpSteps })
        }
      }
      return {
        counts,
        finish(others) {
          for (const other of others) addAll(counts, other)
          return { values: measured(study, compiled, counts), budgets: compiled.budgets }
        },
      }
    },
  }
}

/** Memory and counts of the kernel, kept for tables of one shape after another of the same calendar. */
function createWorkplaces(): (tables: ServiceTables) => { readonly memory: KernelMemory; readonly census: ServiceCensus } {
  const byStrata = new Map<number, { readonly memory: KernelMemory; readonly census: ServiceCensus }>()
  let calendar = ''
  return ({ steps, strata, stepsPerWeek }) => {
    if (calendar !== `${steps} ${stepsPerWeek}`) byStrata.clear()
    calendar = `${steps} ${stepsPerWeek}`
    const place = byStrata.get(strata) ?? { memory: createKernelMemory(steps, strata, stepsPerWeek), census: createCensus(steps, strata) }
    byStrata.set(strata, place)
    return place
  }
}

/** All specialties together, and each that a target speaks of. */
function blocksToMeasure({ targets }: Study, { specialties }: CompiledScenario): number[] {
  const judged = new Set(targets.map(({ specialty }) => specialty))
  return [0, ...specialties.flatMap(({ code }, index) => (judged.has(code) ? [index + 1] : []))]
}

function addAll(counts: Map<number, Counts>, others: CountsByBlock): void {
  for (const [block, other] of others) {
    const own = counts.get(block)
    if (own === undefined) {
      counts.set(block, other)
      continue
    }
    for (const kind of ['waiting', 'flows', 'admittedByBand', 'unmetNeed'] as const) {
      const [total, part] = [own[kind], other[kind]]
      for (let cell = 0; cell < total.length; cell += 1) total[cell] += part[cell]
    }
  }
}

/** The kept series; health and removals by validation, which are reckoned specialty by specialty, are left undefined. */
function measured(study: Study, compiled: CompiledScenario, counts: CountsByBlock): Float64Array {
  const catalogue = buildCatalogue(compiled)
  const { places } = shownSeries(study, catalogue)
  const rows = catalogue.dates.length
  const measurer = createBlockMeasurer(compiled)
  const values = new Float64Array(places.length * rows)
  for (const [position, of] of counts) {
    const [start, block] = [measurer.start(position), new Float64Array(measurer.length(position))]
    measurer.measure(position, of, block)
    places.forEach((place, index) => {
      const from = place * rows - start
      if (from >= 0 && from < block.length) values.set(block.subarray(from, from + rows), index * rows)
    })
  }
  const unweighed = summedMeasures(compiled)
  places.forEach((place, index) => {
    if (unweighed.includes(catalogue.keys[place].measure)) values.fill(Number.NaN, index * rows, (index + 1) * rows)
  })
  return values
}
