/**
 * Counts of all specialties together, or of one → everything that its block of a run's numbers holds but health, which
 * is reckoned specialty by specialty.
 */
import type { CompiledScenario } from '../model/tables.ts'
import { GAP_MEASURES } from './definitions.ts'
import type { Counts } from './gather.ts'
import { createGapCalculator, GAP_INDICES } from './gaps.ts'
import { seriesLayout } from './layout.ts'
import type { GapBlock, SeriesLayout } from './layout.ts'
import { createUnitMeasurer, type UnitMeasurer } from './measure-unit.ts'
import { spendByUnit } from './spend.ts'

/** Measures blocks of one compiled scenario. Position 0 is all specialties together, position n the nth specialty. */
export interface BlockMeasurer {
  readonly layout: SeriesLayout
  /** Writes one unit of a block. */
  readonly measureUnit: UnitMeasurer
  /** Place of a block's first number among those of the run. */
  start(position: number): number
  /** How many numbers a block has. */
  length(position: number): number
  /** Writes a block's series, those of health left as they are. */
  measure(position: number, counts: Counts, block: Float64Array): void
}

/** @param compiled the scenario and draw whose counts are measured */
export function createBlockMeasurer(compiled: CompiledScenario): BlockMeasurer {
  const layout = seriesLayout(compiled)
  const rows = compiled.dates.length
  const places = { all: layout.all.series * rows, specialty: layout.specialty.series * rows }
  const spend = spendByUnit(compiled, layout.all.units)
  const measureUnit = createUnitMeasurer(compiled, rows, compiled.services[0].stepsPerWeek)
  const measureGaps = {
    all: layout.all.gapBlocks.map((block) => createGapMeasurer(block, rows)),
    specialty: layout.specialty.gapBlocks.map((block) => createGapMeasurer(block, rows)),
  }
  const kindOf = (position: number): 'all' | 'specialty' => (position === 0 ? 'all' : 'specialty')
  return {
    layout,
    measureUnit,
    start: (position) => (position === 0 ? 0 : places.all + (position - 1) * places.specialty),
    length: (position) => places[kindOf(position)],
    measure(position, counts, block) {
      const kind = kindOf(position)
      layout[kind].units.forEach((unit, index) => measureUnit(unit, counts, spend[position][index], block))
      for (const measure of measureGaps[kind]) measure(block)
    },
  }
}

/** Writes a dimension's gap rows from the series of its groups in the same block. */
function createGapMeasurer({ units, offset }: GapBlock, rows: number): (block: Float64Array) => void {
  const calculate = createGapCalculator(units.map(({ population }) => population))
  const positions = GAP_MEASURES.map((measure) => units.map((unit) => unit.offset + unit.plan.at(measure)))
  const byGroup = new Float64Array(units.length)
  const indices = new Float64Array(GAP_INDICES.length)
  return (block) => {
    let first = offset * rows
    for (const ofGroups of positions) {
      for (let row = 0; row < rows; row += 1) {
        for (let group = 0; group < units.length; group += 1) byGroup[group] = block[ofGroups[group] * rows + row]
        calculate(byGroup, indices)
        for (let index = 0; index < indices.length; index += 1) block[first + index * rows + row] = indices[index]
      }
      first += indices.length * rows
    }
  }
}
