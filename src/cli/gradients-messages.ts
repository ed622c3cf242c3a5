/** Words of `fairwait gradients`. */
import type { Mechanism } from '../baseline/gradients/unknowns.ts'
import { InputError, UserError } from '../errors.ts'

/** Help. */
export const GRADIENTS = {
  summary: 'fit gradients by deprivation to published gaps, through mechanisms',
  description: `Fit what makes the most deprived wait longer (access to the independent sector,
missed appointments, private care, conversion, need) so that a settled list has
the published gaps, and say what each makes of the gap and what the figures
cannot tell.

Examples:
  fairwait gradients
  fairwait gradients QYG --json
  fairwait gradients --regions --out gradients.json`,
  source: "a system's code (fairwait systems) or a baseline pack; England by default",
  regions: "fit every region's boards too, about England",
  out: 'file that receives the fits, as JSON',
  json: 'print one JSON object in place of the tables',
  quiet: 'no progress',
} as const

/** What is refused. */
export const SAY = {
  regionsOfEngland: new UserError('--regions is about England: leave the system out', 2),
  notFifths: (file: string, groups: number): InputError =>
    new InputError({ file, path: 'deprivation.population', message: `${groups} groups; gradients are fitted to packs of five, since the published ones are of fifths` }),
  noBoards: (region: string): UserError => new UserError(`no pack of a board of ${region} comes with this package, so that its gradients cannot be fitted`),
} as const

/** What a mechanism is called. */
export const MECHANISM_WORDS: Readonly<Record<Mechanism, string>> = {
  'independent-sector': 'Access to the independent sector',
  attendance: 'Missed appointments',
  private: 'Going private',
  conversion: 'Conversion to admission',
  need: 'Need per head',
  deaths: 'Deaths',
  cancellation: 'Cancellation by the hospital',
}

/** Progress. */
export const fitting = (area: string): string => `fitting ${area}\n`

/** Words of the tables, at most 80 columns. */
export const TABLE = {
  heading: (area: string): string => `${area}: gradients fitted to the published gaps`,
  anchors: ['Log odds per unit of rank, most less least', 'published', 'fitted'],
  over18: (own: boolean): string => `over 18 weeks${own ? '' : " (England's: the region has none)"}`,
  over52: 'over 52 weeks',
  unknowns: ['Unknown', 'before', 'after', 'left', 'stands'],
  published: 'as before',
  unknownsNote: [
    'Middle and 95% interval. Left: spread after ÷ before; near 1 the figures cannot',
    'tell, and what was published or assumed stands.',
  ],
  parts: ['What makes the gap, points', 'within 18 weeks', 'over 52 weeks'],
  remainder: 'Interaction',
  total: 'The gap, quintile 1 less 5',
  partsNote: [
    'Second half of the second year, with what stands. Intervals (95%) hold what is',
    'unknown of the gradients; chance is left out.',
  ],
  yearly: (years: readonly string[]): string => `After one and two years: ${years.join(' and ')} points within 18 weeks.`,
  ifCancelled: [
    'Were 2% of appointments and admissions cancelled by the hospital (off by',
    'default: no rate was found):',
  ],
} as const
