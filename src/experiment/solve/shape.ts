/** How the margin runs from value to value: an answer is the least value only where more does not undo it. */
import { confidenceInterval } from '../../measures/interval.ts'

/** Between two values tried next to each other. */
export interface Stretch {
  readonly from: number
  readonly to: number
  /** Mean change of the margin over replications, in the unit of the measure. */
  readonly change: number
  /** `level` where the change is no more than chance. */
  readonly direction: 'rises' | 'falls' | 'level'
}

/** High, since many stretches are looked at. */
const LEVEL = 0.999

/**
 * Changes between neighbours, by paired replications.
 * @param tried values, rising, with their margins by replication
 */
export function stretches(tried: readonly { readonly value: number; readonly margins: readonly number[] }[]): Stretch[] {
  return tried.slice(1).map(({ value, margins }, index) => {
    const before = tried[index]
    const changes = margins.flatMap((margin, replication) => {
      const change = margin - (before.margins[replication] ?? Number.NaN)
      return Number.isFinite(change) ? [change] : []
    })
    return { from: before.value, to: value, ...changeOf(changes) }
  })
}

function changeOf(changes: readonly number[]): Pick<Stretch, 'change' | 'direction'> {
  const n = changes.length
  const change = changes.reduce((sum, each) => sum + each, 0) / n
  const spread = Math.sqrt(changes.reduce((sum, each) => sum + (each - change) ** 2, 0) / (n - 1))
  const { lower, upper } = confidenceInterval(change, spread, n, LEVEL)
  return { change, direction: lower > 0 ? 'rises' : upper < 0 ? 'falls' : 'level' }
}

/** Whether the margin clearly falls somewhere: then a larger value may miss a target that a smaller one meets. */
export function fallsSomewhere(shape: readonly Stretch[]): boolean {
  return shape.some(({ direction }) => direction === 'falls')
}
