/** Every sentence that reading a design and planning a sweep can say. */
import { didYouMean, nearest } from '../../scenario/suggest.ts'

const suggestion = (written: string, valid: readonly string[]): string => didYouMean(nearest(written, valid))

const whole = (n: number): string => n.toLocaleString('en-GB')

export const text = {
  empty: 'the file is empty; a design needs at least schemaVersion, name, study, method and measures',
  notADesign: 'must be a design: a block of keys such as schemaVersion, name, study, factors, method and measures',
  measureUnknown: (written: string, valid: readonly string[]): string =>
    `unknown measure "${written}"${suggestion(written, valid) || '; see the guide to measures'}`,
  notReported: (written: string, specialties: readonly string[], valid: readonly string[]): string =>
    `"${written}" is a measure, but no point of this design reports it`
    + `${specialties.includes('all') ? '' : ` for ${specialties.join(', ')}`}: the study has nothing that it would count; remove it`
    + (suggestion(written, valid) || `; ${valid.length} others are reported, see the guide to measures`),

  // Factors
  oneKind: 'needs exactly one of values, range and distribution (with the method table: none of them)',
  emptyValues: 'has no values, so that the design would have no runs; write at least one',
  reversed: (from: number, to: number): string =>
    `the range runs from ${from} down to ${to}; write the lower end first: [${to}, ${from}]`,
  needsLevels: (method: string): string =>
    `with the method ${method} a range or a distribution needs "levels", how many values to take of it`,
  levelsNotUsed: (method: string): string => `"levels" has no use with the method ${method}; remove it`,
  repeatedPath: 'is a factor twice; keep one',
  samePlace: (other: string): string => `is inside another factor, ${other}, or holds it; keep one of them`,
  badPath: 'cannot be read as a path; write it like scenarios.proportionate.invest[0].allocate.theta',
  unknownPath: (written: string, valid: readonly string[]): string =>
    `the study has no ${JSON.stringify(written.slice(0, 120))}${suggestion(written, valid) || '; name a key of the study file'}`,
  designOwns: (key: string): string => `is set in the design itself, by "${key}"; a factor cannot change it`,
  packFactor: 'a factor cannot change a baseline pack; write one design for each baseline',
  atValue: (path: string, value: unknown): string => `with ${path} = ${JSON.stringify(value)}: `,
  noFactors: (method: string): string => `the method ${method} needs at least one factor`,

  // Method
  needsRuns: (method: string): string => `is missing; the method ${method} needs the number of design points`,
  runsNotUsed: (method: string): string =>
    `has no use with the method ${method}, whose points follow from the factors; remove it`,
  needsTable: 'is missing; the method table needs rows of values, one value for each factor',
  tableNotUsed: 'is for the method table only; remove it or write "method: table"',
  tableRow: (factors: number, found: number): string =>
    `must have one value for each factor, ${factors}; it has ${found}`,

  // Until
  untilDraws: 'stops on the play of chance, and cannot be used with draws; remove draws or until',
  untilReplications: 'has no use beside "until", which says how many replications to run; remove it',
  untilReference: 'is the reference, which differs from itself by nothing; name another scenario',
  untilSeries: (what: string): string => `the sweep keeps no such series (${what}); the measure must be kept by "measures"`,
  untilBatch: 'must not be more than maxReplications',
  noSuchDate: (date: string, start: string, end: string): string =>
    `${date} is outside the study, which is counted from ${start} to ${end}`,
  noSuchSpecialty: (code: string, valid: readonly string[]): string =>
    `unknown specialty "${code}"${suggestion(code, valid)}`,

  // Size
  tooManyRuns: (runs: number, limit: number): string =>
    `the design has ${whole(runs)} runs, more than the ${whole(limit)} allowed; if that is meant, write`
    + ` "budget: { runs: ${runs} }" or give --budget-runs ${runs}; otherwise take fewer values or another method`,
  uncountable: 'the design has more runs than can be counted; take fewer values or another method',
}
