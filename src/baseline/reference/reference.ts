/**
 * The reference table that ships with Fairwait: who lives where, and how often each group uses hospitals. With
 * it, next month's published file is all that an import needs. Made by `build.ts`; pure.
 */
import table from './reference.json' with { type: 'json' }

/** A published source of the reference table. */
export interface ReferenceSource {
  readonly title: string
  readonly publisher: string
  readonly file: string
  readonly sha256: string
  /** Which part of the table it stands behind. */
  readonly supports: 'areas' | 'outpatientRate' | 'electiveRate'
}

/** One integrated care board. */
export interface ReferenceArea {
  readonly name: string
  readonly region: string
  /** Residents by IMD quintile (rows, most deprived first) and age band (columns). */
  readonly populationByAge: readonly (readonly number[])[]
}

/** Hospital use in a year per resident, by IMD quintile (rows, most deprived first) and age band (columns). */
export type UseRates = readonly (readonly number[])[]

/** The reference table. */
export interface Reference {
  readonly licence: string
  readonly method: readonly string[]
  readonly sources: readonly ReferenceSource[]
  readonly ageBands: readonly string[]
  /** Outpatient appointments per resident and year. */
  readonly outpatientRate: UseRates
  /** Elective admissions per resident and year: evidence on who is admitted, not part of a pack. */
  readonly electiveRate: UseRates
  /** By ICB code; England is their sum. */
  readonly areas: Readonly<Record<string, ReferenceArea>>
}

export const REFERENCE = table as Reference

/** The code that Fairwait gives to England as a system. */
export const ENGLAND = 'ENG'

/**
 * Name, region and residents of an ICB, or of England (`ENG`) as the sum of all; `undefined` for another code.
 */
export function referenceArea(code: string, reference: Reference = REFERENCE): ReferenceArea | undefined {
  if (code !== ENGLAND) return reference.areas[code]
  const areas = Object.values(reference.areas)
  const populationByAge = reference.outpatientRate.map((row, quintile) =>
    row.map((_, age) => areas.reduce((sum, area) => sum + area.populationByAge[quintile][age], 0)),
  )
  return { name: 'England', region: 'England', populationByAge }
}
