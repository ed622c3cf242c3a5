/**
 * The fits that ship: `fitted.json`, written by `fairwait gradients --regions --out src/baseline/gradients/fitted.json`.
 * Defaults of assumptions come from England's; a pack of a region has the region's own where it was fitted. Pure.
 */
import type { Assumptions } from '../../scenario/study-assumptions.ts'
import fits from './fitted.json' with { type: 'json' }

/** What the file holds of an area, as far as defaults need it. */
interface ShippedArea {
  readonly area: string
  readonly assumptions: Partial<Assumptions<number>>
  readonly unknowns: readonly { readonly id: string; readonly fitted: { readonly lower: number; readonly upper: number } }[]
}

const AREAS: ReadonlyMap<string, ShippedArea> = new Map((fits.areas as readonly ShippedArea[]).map((area) => [area.area, area]))
const ENGLAND = 'England'

/** England's value of an assumption where the published gaps say something of it, and what stood before elsewhere. */
export function fittedFor<Key extends keyof Assumptions>(key: Key, before: Assumptions<number>[Key]): Assumptions<number>[Key] {
  return AREAS.get(ENGLAND)?.assumptions[key] ?? before
}

/** Whether a region's fit differs from England's, and in what: defaults of systems of the region. Empty elsewhere. */
export function regionalDefaults(region: string | null): Partial<Assumptions<number>> {
  return region === null || region === ENGLAND ? {} : (AREAS.get(region)?.assumptions ?? {})
}

/** 95% interval of an unknown for England, in its own unit. @throws Error where there is none of the id: a defect of the caller */
export function fittedInterval(id: string): readonly [number, number] {
  const found = AREAS.get(ENGLAND)?.unknowns.find((unknown) => unknown.id === id)
  if (found === undefined) throw new Error(`no unknown is called ${id}`)
  return [found.fitted.lower, found.fitted.upper]
}
