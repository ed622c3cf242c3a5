/** What a region's fit may change: the independent sector, about England's fit. Pure. */
import type { AreaFit } from './fit-area.ts'
import { AS_PUBLISHED, gradientsOf, UNKNOWNS, type Gradients, type Unknown } from './unknowns.ts'

/**
 * Unknowns of a region, and what it shares with England. One share over 52 weeks cannot tell mechanisms apart, so that a
 * region's difference from England is looked for where England's gap mostly comes from. Before the fit a region is as
 * England, with the spread that England had before its own (assumption: regions differ as much as was unknown of the whole).
 */
export function regionalUnknowns(england: AreaFit): { readonly unknowns: readonly Unknown[]; readonly base: Gradients } {
  const standing = (unknown: Unknown): number => {
    const found = england.unknowns.find(({ id }) => id === unknown.id)
    if (found === undefined) throw new Error(`England was fitted without ${unknown.id}`)
    return found.value
  }
  const unknowns = UNKNOWNS.filter(({ mechanism }) => mechanism === 'independent-sector')
  const shared = UNKNOWNS.filter((unknown) => !unknowns.includes(unknown))
  return {
    unknowns: unknowns.map((unknown): Unknown => ({ ...unknown, prior: { ...unknown.prior, middle: standing(unknown) }, source: `England's fit, with the spread before it` })),
    base: gradientsOf(shared, shared.map(standing), AS_PUBLISHED),
  }
}
