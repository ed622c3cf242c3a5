/** Dates in words, as everywhere in Fairwait. */
export { dateWords as dateText } from '../measures/value-text.ts'
