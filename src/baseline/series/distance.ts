/** How far two distributions over week bands are apart. Pure. */
import { totalOf } from './types.ts'

/** Total variation distance of two sets of counts: the share of people who would have to be moved; 0 to 1. */
export function distanceOf(one: Float64Array, other: Float64Array): number {
  const of = totalOf(one)
  const to = totalOf(other)
  if (of <= 0 || to <= 0) return of === to ? 0 : 1
  return one.reduce((sum, people, band) => sum + Math.abs(people / of - other[band] / to), 0) / 2
}
