/** Arithmetic on numbers of a study that may be distributions or formulas. */
import type { FormulaProgram } from '../../scenario/formula-program.ts'
import type { NumberSpec, Series } from '../../scenario/study.ts'
import { weightedMean } from './weights.ts'

/** A number of a study beside what it is in one draw: one number, or one for each step. */
export interface DrawnNumber {
  readonly spec: NumberSpec
  readonly value: Series
}

/** Whether groups differ in some step of this draw. */
function differ(values: readonly Series[]): boolean {
  return values.some((value) => JSON.stringify(value) !== JSON.stringify(values[0]))
}

/**
 * Numbers by group, each replaced by their weighted mean; as they are where groups do not differ. Formulas have a
 * formula for a mean, which holds in every step; a distribution enters with its value in this draw.
 * @param weights by group, summing to 1
 */
export function flattened(numbers: readonly DrawnNumber[], weights: readonly number[]): NumberSpec[] {
  if (!differ(numbers.map(({ value }) => value))) return numbers.map(({ spec }) => spec)
  const constants = numbers.map(({ value }) => value).filter((value) => typeof value === 'number')
  if (constants.length === numbers.length) return numbers.map(() => weightedMean(constants, weights))
  const terms = numbers.map((number, group) => scaled(number, weights[group]))
  const mean = {
    formula: terms.map(({ formula }) => formula).join(' + '),
    program: terms.flatMap(({ program }, index) => (index === 0 ? program : [...program, 'add'])),
  }
  return numbers.map(() => mean)
}

/** scale × number + shift. */
export function affine(number: DrawnNumber, scale: number, shift: number): NumberSpec {
  if (typeof number.value === 'number') return scale * number.value + shift
  const { formula, program } = scaled(number, scale)
  return { formula: `${formula} + ${shift}`, program: [...program, shift, 'add'] }
}

function scaled({ spec, value }: DrawnNumber, scale: number): { formula: string; program: FormulaProgram } {
  if (typeof value !== 'number' && typeof spec === 'object' && 'program' in spec) {
    return { formula: `${scale} * (${spec.formula})`, program: [...spec.program, scale, 'multiply'] }
  }
  const constant = scale * firstOf(value)
  return { formula: String(constant), program: [constant] }
}

/** The value in the first step. */
export function firstOf(value: Series): number {
  return typeof value === 'number' ? value : value[0]
}
