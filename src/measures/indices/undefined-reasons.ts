/** Why an index of a table has no value. */
import type { IndexKey, IndexTable, UndefinedReason } from './types.ts'

/** Indices that need groups in rank order. */
const RANKED: readonly IndexKey[] = [
  'slopeIndex',
  'relativeIndex',
  'intercept',
  'logisticSlopeIndex',
  'logisticRelativeIndex',
  'absoluteConcentrationIndex',
  'relativeConcentrationIndex',
  'erreygers',
  'wagstaff',
]

/**
 * The reason for an index that came out as NaN.
 * @param key an index that is undefined for the table's values
 */
export function undefinedReason(key: IndexKey, table: IndexTable): UndefinedReason {
  if (!table.ordered && RANKED.includes(key)) return 'no-order'
  switch (key) {
    case 'relativeIndex':
      return 'line-not-positive'
    case 'ratio':
      return 'no-ratio'
    case 'logisticSlopeIndex':
    case 'logisticRelativeIndex':
      return table.valueType === 'proportion' ? 'no-fit' : 'not-a-proportion'
    case 'erreygers':
      return 'not-a-proportion'
    case 'wagstaff':
      return table.valueType === 'proportion' ? 'mean-at-bound' : 'not-a-proportion'
    case 'meanDifferenceFromReference':
    case 'meanDifferenceFromReferenceWeighted':
      return 'no-reference'
    case 'relativeConcentrationIndex':
    case 'coefficientOfVariation':
    case 'indexOfDisparity':
    case 'indexOfDisparityWeighted':
    case 'populationAttributableFraction':
      return 'mean-not-positive'
    case 'theil':
    case 'atkinson':
      return Math.min(...table.values) < 0 ? 'negative-value' : 'mean-not-positive'
    case 'meanLogDeviation':
      return 'value-not-positive'
    default:
      return 'not-finite'
  }
}
