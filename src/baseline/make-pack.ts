/** From a system's monthly counts to its baseline pack. Pure. */
import { daysBetween, firstDayOfMonth, nextMonth, workingDays } from './calendar.ts'
import { roundShares, useShare } from './quintile-share.ts'
import { ENGLAND, REFERENCE, type Reference, type ReferenceArea } from './reference/reference.ts'
import { type AreaTally, type BandedPart, type SpecialtyTally } from './rtt-tally.ts'
import { tiltFor } from './tilt.ts'
import { BANDS, type BaselinePack, type PackSpecialty } from './types.ts'
import { largestRemainder } from './whole-people.ts'

/** One month's counts of one system and the file they came from. */
export interface SystemMonth {
  /** `YYYY-MM` */
  readonly month: string
  readonly tally: AreaTally
  /** Name of the file without its folders. */
  readonly file: string
  readonly sha256: string
}

/** A removal share outside this range says that reporting changed, not how patients leave. */
const REMOVAL_SHARE_LIMIT = 0.5

type Bands = Readonly<Record<BandedPart, number[]>>

function sum(values: Iterable<number>): number {
  let total = 0
  for (const value of values) total += value
  return total
}

/** Everybody in a part, of known and unknown clock start. */
function partTotal(tally: AreaTally, parts: readonly BandedPart[]): number {
  return sum([...tally.values()].flatMap((s) => parts.map((part) => sum(s.bands[part]) + s.unknownStart[part])))
}

/** Bands with the pathways of unknown clock start spread as the known are, or as the whole system's where none is. */
function spreadUnknown(specialty: SpecialtyTally, part: BandedPart, tally: AreaTally): number[] {
  const known = Array.from(specialty.bands[part])
  const unknown = specialty.unknownStart[part]
  if (unknown === 0) return known
  const pattern = sum(known) > 0 ? known : systemBands(tally, part)
  return largestRemainder(pattern, unknown).map((extra, band) => known[band] + extra)
}

function systemBands(tally: AreaTally, part: BandedPart): number[] {
  return Array.from({ length: BANDS }, (_, band) => sum([...tally.values()].map((s) => s.bands[part][band])))
}

/**
 * The list with decision to admit, kept within the whole list band by band. A few providers report more people
 * with a decision than waiting in a band; the excess moves to the nearest band with room, shorter waits first.
 *
 * @returns the list, and how many people were moved or, where no band had room, left out
 */
function withinWholeList(
  withDecision: readonly number[],
  whole: readonly number[],
): { bands: number[]; moved: number; leftOut: number } {
  const bands = withDecision.map((count, band) => Math.min(count, whole[band]))
  let moved = 0
  let leftOut = 0
  for (const [band, count] of withDecision.entries()) {
    let excess = count - Math.min(count, whole[band])
    moved += excess
    for (let distance = 1; distance < BANDS && excess > 0; distance++) {
      for (const near of [band - distance, band + distance]) {
        if (near < 0 || near >= BANDS) continue
        const room = Math.min(excess, whole[near] - Math.max(bands[near], Math.min(withDecision[near], whole[near])))
        bands[near] += room
        excess -= room
      }
    }
    leftOut += excess
  }
  return { bands, moved: moved - leftOut, leftOut }
}

function trimmed(bands: readonly number[]): number[] {
  return bands.slice(0, bands.findLastIndex((count) => count !== 0) + 1)
}

/** What had to be changed in the published figures, for the pack's notes. */
interface Adjustments {
  unknown: number
  moved: number
  leftOut: number
}

/** Bands of a specialty: stops summed over the months, lists of the last. */
function specialtyBands(code: string, months: readonly SystemMonth[]): Bands {
  const ofMonth = (month: SystemMonth, part: BandedPart): number[] => {
    const specialty = month.tally.get(code)
    return specialty === undefined ? Array.from({ length: BANDS }, () => 0) : spreadUnknown(specialty, part, month.tally)
  }
  const last = months[months.length - 1]
  const stops = (part: BandedPart): number[] =>
    months.map((month) => ofMonth(month, part)).reduce((a, b) => a.map((count, band) => count + b[band]))
  return {
    Part_1A: stops('Part_1A'),
    Part_1B: stops('Part_1B'),
    Part_2: ofMonth(last, 'Part_2'),
    Part_2A: ofMonth(last, 'Part_2A'),
  }
}

function packSpecialty(code: string, months: readonly SystemMonth[], adjusted: Adjustments): PackSpecialty {
  const bands = specialtyBands(code, months)
  const decided = withinWholeList(bands.Part_2A, bands.Part_2)
  const last = months[months.length - 1].tally.get(code)
  const unknownStops = (part: BandedPart): number => sum(months.map((month) => month.tally.get(code)?.unknownStart[part] ?? 0))
  const unknownClockStart = {
    waiting: last?.unknownStart.Part_2 ?? 0,
    withDecision: last?.unknownStart.Part_2A ?? 0,
    admitted: unknownStops('Part_1A'),
    nonAdmitted: unknownStops('Part_1B'),
  }
  adjusted.moved += decided.moved
  adjusted.leftOut += decided.leftOut
  adjusted.unknown += sum(Object.values(unknownClockStart))
  return {
    code,
    name: months.map((month) => month.tally.get(code)?.name).findLast((name) => name !== undefined)?.replace(/ Service$/, '') ?? code,
    waitingWithoutDecision: trimmed(bands.Part_2.map((count, band) => count - decided.bands[band])),
    waitingWithDecision: trimmed(decided.bands),
    admittedStops: trimmed(bands.Part_1A),
    nonAdmittedStops: trimmed(bands.Part_1B),
    clockStarts: sum(months.map((month) => month.tally.get(code)?.clockStarts ?? 0)),
    unknownClockStart,
  }
}

/**
 * Unreported removals as a share of all removals, from stock and flow between the first and last month's ends:
 * what the clock starts and stops do not explain of the change in the list. `null` for one month.
 */
function removalShareFromFlows(months: readonly SystemMonth[]): number | null {
  if (months.length < 2) return null
  const list = (month: SystemMonth): number => partTotal(month.tally, ['Part_2'])
  const later = months.slice(1)
  const starts = sum(later.flatMap((month) => [...month.tally.values()].map((specialty) => specialty.clockStarts)))
  const stops = sum(later.map((month) => partTotal(month.tally, ['Part_1A', 'Part_1B'])))
  const unreported = list(months[0]) + starts - stops - list(months[months.length - 1])
  return unreported / (unreported + stops)
}

function deprivation(area: ReferenceArea, list: readonly number[], reference: Reference): BaselinePack['deprivation'] {
  const shares = roundShares(useShare(area.populationByAge, reference.outpatientRate))
  const tilt = tiltFor(area.region, list)
  return {
    population: area.populationByAge.map((row) => sum(row)),
    ageBands: reference.ageBands,
    populationByAge: area.populationByAge,
    listShare: shares,
    startShare: shares,
    tilt18to51: Number(tilt.tilt18to51.toFixed(4)),
    tilt52plus: Number(tilt.tilt52plus.toFixed(4)),
  }
}

function modelledNotes(code: string, adjusted: Adjustments, impliedShare: number | null, usable: boolean): string[] {
  const notes = [
    'The split of the list and of clock starts by deprivation quintile is modelled: residents by age band × ' +
      'outpatient use by age band and quintile (England, 2011/12). It is the same in every specialty.',
    'Quintile shares lean with weeks waited to published shares within 18 and over 52 weeks of the most and least ' +
      'deprived, as odds ratios; the lean is the same in every specialty.',
    'Residents by quintile and age band combine Census 2021 by the 2025 index with the age mix of mid-2020 by the 2019 index.',
  ]
  if (adjusted.unknown > 0) {
    notes.push(`Pathways of unknown clock start (${adjusted.unknown}) are spread over weeks waited as the known are.`)
  }
  if (adjusted.moved > 0) {
    notes.push(
      `${adjusted.moved} pathways with decision to admit, published in bands where fewer pathways wait in all, ` +
        'are moved to the nearest band with room.',
    )
  }
  if (adjusted.leftOut > 0) notes.push(`${adjusted.leftOut} pathways with decision to admit beyond the whole list are left out.`)
  if (impliedShare !== null && !usable) {
    notes.push(
      `Stock and flow over the months imply that ${(impliedShare * 100).toFixed(1)}% of removals went unreported; ` +
        'reporting changed in between, so the assumption is used instead.',
    )
  }
  if (code === ENGLAND) notes.push('England is every commissioner, including those without an ICB and non-commissioned activity.')
  return notes
}

/**
 * Makes the baseline pack of one system.
 *
 * @param code ICB code, or `ENG`
 * @param area its name, region and residents
 * @param months its counts in consecutive months, in order, at least one
 */
export function makePack(
  code: string,
  area: ReferenceArea,
  months: readonly SystemMonth[],
  reference: Reference = REFERENCE,
): BaselinePack {
  const last = months[months.length - 1]
  const from = firstDayOfMonth(months[0].month)
  const to = firstDayOfMonth(nextMonth(last.month))
  const adjusted: Adjustments = { unknown: 0, moved: 0, leftOut: 0 }
  const codes = [...new Set(months.flatMap((month) => [...month.tally.keys()]))].toSorted()
  const specialties = codes.map((specialty) => packSpecialty(specialty, months, adjusted))
  const implied = removalShareFromFlows(months)
  const usable = implied !== null && implied >= 0 && implied <= REMOVAL_SHARE_LIMIT
  return {
    format: 'fairwait-baseline',
    version: 1,
    system: { code, name: area.name, region: area.region },
    months: months.map((month) => month.month),
    days: daysBetween(from, to),
    workingDays: workingDays(from, to),
    unreportedRemovalShare: usable ? Number(implied.toFixed(4)) : null,
    specialties,
    deprivation: deprivation(area, systemBands(last.tally, 'Part_2'), reference),
    provenance: {
      licence: reference.licence,
      sources: [
        ...months.map(({ month, file, sha256 }) => ({
          title: `Referral to treatment (RTT) full CSV data file, ${month}`,
          publisher: 'NHS England',
          file,
          sha256,
        })),
        ...reference.sources
          .filter(({ supports }) => supports !== 'electiveRate')
          .map(({ title, publisher, file, sha256 }) => ({ title, publisher, file, sha256 })),
      ],
      modelled: modelledNotes(code, adjusted, implied, usable),
    },
  }
}
