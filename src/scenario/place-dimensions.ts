/**
 * Names of what a study is reported by beside deprivation: places (its systems and their regions), and the crossing of
 * any dimension with deprivation. Places come with their deprivation groups inside them, `region/1`; people's own
 * groups stand inside each deprivation group, `1/group`.
 */

/** Dimensions whose groups are systems, or regions of them. */
export const PLACE_DIMENSIONS = ['system', 'region'] as const

/** A dimension of places. */
export type PlaceDimension = (typeof PLACE_DIMENSIONS)[number]

const PEOPLE_CROSSED = 'deprivation-'

/** Whether the groups of a dimension are places. */
export function isPlaces(dimension: string): dimension is PlaceDimension {
  return PLACE_DIMENSIONS.some((place) => place === dimension)
}

/** Name of the dimension that crosses another with deprivation. */
export function crossingOf(dimension: string): string {
  return isPlaces(dimension) ? `${dimension}-deprivation` : `${PEOPLE_CROSSED}${dimension}`
}

/** Id, in the crossing of a dimension, of one of its groups together with a deprivation group. */
export function crossedGroup(dimension: string, group: string, deprivationGroup: string): string {
  return isPlaces(dimension) ? `${group}/${deprivationGroup}` : `${deprivationGroup}/${group}`
}

/** Whether the groups of a dimension are the deprivation groups within each place. */
export function isPlacesCrossed(dimension: string): boolean {
  return PLACE_DIMENSIONS.some((place) => crossingOf(place) === dimension)
}

/** Whether the groups of a dimension are those of another crossed with deprivation. */
export function isCrossing(dimension: string): boolean {
  return isPlacesCrossed(dimension) || dimension.startsWith(PEOPLE_CROSSED)
}
