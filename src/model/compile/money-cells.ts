/**
 * Whom money can tell apart: deprivation groups, and in each of them *classes* of people, told apart by the further groups
 * that a scenario's programmes name. Without such a programme there is one class, and cells are deprivation groups.
 */
import type { FurtherDimension, Programme, Scenario, Series } from '../../scenario/study.ts'
import type { OwnStratum, Strata } from './strata.ts'

/** Cells of a scenario. Cell = deprivation group × classes + class. */
export interface MoneyCells {
  readonly classes: number
  /** Groups × classes. */
  readonly count: number
  /** Cell of each own stratum. */
  readonly ofStratum: Int32Array
  /** By class, whether a programme is for it. */
  readonly meant: (programme: Programme<Series>) => readonly boolean[]
}

type People = NonNullable<Programme<Series>['people']>

/** Lays out a scenario's cells. */
export function layOutMoneyCells({ invest }: Scenario<Series>, dimensions: readonly FurtherDimension[], strata: Strata): MoneyCells {
  const aims = invest.flatMap(({ people }) => (people === undefined ? [] : [people]))
  // Strata that the same programmes are for are one class.
  return cellsBy((stratum) => aims.map((people) => (isMeant(people, stratum, dimensions) ? '1' : '0')).join(''), dimensions, strata)
}

/** Cells that tell apart every group of the dimensions that programmes name. */
export interface NamedCells extends MoneyCells {
  /** By class, the group's id in a dimension that a programme names. */
  readonly groupOfClass: (dimension: string) => readonly string[]
}

/** Lays them out; null where no programme of the scenario is for people of further groups. */
export function layOutNamedGroups({ invest }: Scenario<Series>, dimensions: readonly FurtherDimension[], strata: Strata): NamedCells | null {
  const named = dimensions.flatMap(({ id }, index) => (invest.some(({ people }) => people?.some(({ dimension }) => dimension === id)) ? [index] : []))
  if (named.length === 0) return null
  const pattern = ({ further }: OwnStratum): string => named.map((dimension) => further[dimension]).join(' ')
  const patterns = [...new Set(strata.own.map(pattern))]
  return {
    ...cellsBy(pattern, dimensions, strata),
    groupOfClass(dimension) {
      const place = named.findIndex((index) => dimensions[index].id === dimension)
      return patterns.map((each) => dimensions[named[place]].groups[Number(each.split(' ')[place])].id)
    },
  }
}

/** Strata of one pattern are one class, in the order in which they first come. */
function cellsBy(pattern: (stratum: OwnStratum) => string, dimensions: readonly FurtherDimension[], strata: Strata): MoneyCells {
  const patterns = strata.own.map(pattern)
  const known = [...new Set(patterns)]
  return {
    classes: known.length,
    count: strata.groups * known.length,
    ofStratum: Int32Array.from(strata.own, ({ group }, own) => group * known.length + known.indexOf(patterns[own])),
    meant: ({ people }) =>
      known.map((each) => {
        const example = strata.own[patterns.indexOf(each)]
        return people === undefined || isMeant(people, example, dimensions)
      }),
  }
}

function isMeant(people: People, { further }: OwnStratum, dimensions: readonly FurtherDimension[]): boolean {
  return people.every(({ dimension, groups }) => {
    const index = dimensions.findIndex(({ id }) => id === dimension)
    return groups.includes(dimensions[index].groups[further[index]].id)
  })
}

/** Sums of numbers of own strata by cell. */
export function byMoneyCell({ count, ofStratum }: MoneyCells, amounts: ArrayLike<number>): number[] {
  const sums = Array.from({ length: count }, () => 0)
  ofStratum.forEach((cell, own) => (sums[cell] += amounts[own]))
  return sums
}
