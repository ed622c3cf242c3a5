/**
 * Programmes' spend, known exactly before a run, gathered by specialty and reported unit.
 */
import type { CompiledScenario } from '../model/tables.ts'
import type { Unit } from './layout.ts'

/**
 * Spend in whole pence by step, for specialty `all` (position 0) and each specialty (position 1 on), by unit;
 * null where nothing is spent, or where money is not known by that unit's groups. Spend that cannot be told
 * apart by specialty counts under `all` only, so that specialties may add up to less.
 * @throws Error where a line names a specialty that is not simulated: a defect of compile
 */
export function spendByUnit(compiled: CompiledScenario, units: readonly Unit[]): (Float64Array | null)[][] {
  const positions = new Map(compiled.specialties.map(({ code }, index) => [code, index + 1]))
  const pence = Array.from({ length: compiled.specialties.length + 1 }, () =>
    units.map((): Float64Array | null => null),
  )
  for (const line of compiled.spend) {
    const specialty = positions.get(line.specialty)
    if (specialty === undefined && line.specialty !== 'all') {
      throw new Error(`spend on ${line.specialty}, which is not simulated`)
    }
    for (const position of specialty === undefined ? [0] : [0, specialty]) {
      units.forEach(({ moneyGroup }, unit) => {
        if (moneyGroup !== 'all' && moneyGroup !== line.group) return
        pence[position][unit] = addSteps(pence[position][unit] ?? new Float64Array(line.pencePerStep.length), line.pencePerStep)
      })
    }
  }
  return pence
}

function addSteps(total: Float64Array, part: Float64Array): Float64Array {
  for (let step = 0; step < total.length; step += 1) total[step] += part[step]
  return total
}
