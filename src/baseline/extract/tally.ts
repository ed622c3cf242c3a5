/** Rows of an extract → counts. Memory depends on groups and specialties, not on rows. Pure. */
import { daysBetween, isIsoDate } from '../calendar.ts'
import { BANDS } from '../types.ts'
import { DEFAULT_AGE_BANDS, deprivationGroupsOf, GROUPED, notRecordedOf, type ExtractMap, type GroupedColumn } from './map.ts'
import type { Reason } from './messages.ts'

/** The group of people whose group is not recorded. */
export const NOT_RECORDED = 'not-recorded'
/** Older clock starts are errors of typing: 20 years. */
const OLDEST_DAYS = 7305
/** First weeks of the ranges of waiting that deprivation is counted by: 0–17, 18–51, 52 or more. */
export const RANGE_STARTS: readonly number[] = [0, 18, 52]

/** Columns that rows are grouped by, besides deprivation. */
export type Grouping = GroupedColumn | 'age'

/** A grouping's groups and counts: [deprivation group, the last for not recorded][group]. */
export interface GroupCounts {
  readonly groups: readonly string[]
  readonly counts: number[][]
  /** Rows whose value the map does not know; counted as not recorded. */
  unmapped: number
}

/** What an extract comes to. */
export interface ExtractTally {
  /** Rows below the header. */
  rows: number
  /** Rows that are counted below. */
  used: number
  readonly invalid: Map<Reason, number>
  /** By specialty code: people by weeks waited, without and with decision to admit. */
  readonly specialties: Map<string, { readonly without: number[]; readonly decided: number[] }>
  /** [range of waiting][deprivation group]; null without a column. */
  readonly deprivation: number[][] | null
  /** Rows used whose deprivation is not recorded. */
  deprivationMissing: number
  readonly groupings: Map<Grouping, GroupCounts>
}

/** The cells of a row that the map names. */
export type ExtractRow = Readonly<Partial<Record<keyof ExtractMap['columns'], string>>>

/** Something that takes rows one by one. */
export interface Tallier {
  readonly tally: ExtractTally
  add(row: ExtractRow): void
  /** Counts a row that has another number of cells than the header. */
  addMalformed(): void
}

/**
 * @param asAt ISO date of the list
 * @param codes specialty codes of the published pack
 */
export function createTallier(map: ExtractMap, asAt: string, codes: readonly string[]): Tallier {
  const groups = deprivationGroupsOf(map)
  const notRecorded = notRecordedOf(map)
  const tally = emptyTally(map, groups)
  const specialtyOf = specialtyReader(map, codes)
  const groupers = [...tally.groupings.keys()].map((grouping) => ({ grouping, counts: tally.groupings.get(grouping), groupOf: grouperOf(grouping, map, notRecorded) }))
  const refuse = (reason: Reason): void => void tally.invalid.set(reason, (tally.invalid.get(reason) ?? 0) + 1)

  const placeOf = (row: ExtractRow): { days: number; decided: boolean } | Reason => {
    const start = isoDate(row.clockStart ?? '', map)
    if (start === null) return 'clockStart'
    const days = daysBetween(start, asAt)
    if (days < 0) return 'future'
    if (days > OLDEST_DAYS) return 'old'
    const written = (row.decisionToAdmit ?? '').trim()
    if (notRecorded.has(written.toLowerCase())) return { days, decided: false }
    const decision = isoDate(written, map)
    if (decision === null || daysBetween(start, decision) < 0 || daysBetween(decision, asAt) < 0) return 'decision'
    return { days, decided: true }
  }

  const add = (row: ExtractRow): void => {
    tally.rows++
    const place = placeOf(row)
    if (typeof place === 'string') return refuse(place)
    const code = specialtyOf((row.specialty ?? '').trim())
    if (code === undefined) return refuse('specialty')
    const deprivation = map.columns.deprivation === undefined ? groups : deprivationOf((row.deprivation ?? '').trim(), groups, notRecorded)
    if (deprivation === null) return refuse('deprivation')
    const placed = groupers.map(({ grouping, groupOf }) => groupOf((row[grouping] ?? '').trim()))
    if (placed.includes(INVALID)) return refuse('age')
    tally.used++
    const band = Math.min(BANDS - 1, Math.floor(place.days / 7))
    const lists = listsOf(tally, code)
    ;(place.decided ? lists.decided : lists.without)[band]++
    if (deprivation < groups) {
      const range = RANGE_STARTS.findLastIndex((from) => band >= from)
      if (tally.deprivation !== null) tally.deprivation[range][deprivation]++
    } else if (map.columns.deprivation !== undefined) tally.deprivationMissing++
    for (const [index, { counts }] of groupers.entries()) {
      if (counts === undefined) continue
      const group = placed[index]
      if (group === UNMAPPED) counts.unmapped++
      counts.counts[deprivation][group < 0 ? counts.groups.length - 1 : group]++
    }
  }
  return {
    tally,
    add,
    addMalformed() {
      tally.rows++
      refuse('cells')
    },
  }
}

function emptyTally(map: ExtractMap, groups: number): ExtractTally {
  const groupings: [Grouping, GroupCounts][] = []
  for (const grouping of [...GROUPED, 'age'] as const) {
    if (map.columns[grouping] === undefined) continue
    const names = [...groupNames(grouping, map), NOT_RECORDED]
    groupings.push([grouping, { groups: names, counts: Array.from({ length: groups + 1 }, () => names.map(() => 0)), unmapped: 0 }])
  }
  return {
    rows: 0,
    used: 0,
    invalid: new Map(),
    specialties: new Map(),
    deprivation: map.columns.deprivation === undefined ? null : RANGE_STARTS.map(() => Array.from({ length: groups }, () => 0)),
    deprivationMissing: 0,
    groupings: new Map(groupings),
  }
}

function listsOf(tally: ExtractTally, code: string): { without: number[]; decided: number[] } {
  const known = tally.specialties.get(code)
  if (known !== undefined) return known
  const none = (): number[] => Array.from({ length: BANDS }, () => 0)
  const made = { without: none(), decided: none() }
  tally.specialties.set(code, made)
  return made
}

/** An ISO date of a cell, a time of day after it left out; null where it is none. */
function isoDate(cell: string, map: ExtractMap): string | null {
  const text = cell.trim()
  const [, day, month, year] = map.dates === 'day-first' ? (/^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:[ T].*)?$/.exec(text) ?? []) : []
  const iso = map.dates === 'day-first'
    ? (year === undefined ? '' : `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`)
    : (/^(\d{4}-\d{2}-\d{2})(?:[ T].*)?$/.exec(text)?.[1] ?? '')
  return isIsoDate(iso) ? iso : null
}

/** The specialty code of a cell: as mapped, itself, `C_` and itself, or the map's code for all others. */
function specialtyReader(map: ExtractMap, codes: readonly string[]): (cell: string) => string | undefined {
  const mapped = new Map(Object.entries(map.specialties ?? {}))
  return (cell) => {
    const named = mapped.get(cell)
    if (named !== undefined) return named
    if (codes.includes(cell)) return cell
    if (codes.includes(`C_${cell}`)) return `C_${cell}`
    return cell === '' ? undefined : map.otherSpecialty
  }
}

/** Index of a deprivation group; `groups` where it is not recorded; null where it is neither. */
function deprivationOf(cell: string, groups: number, notRecorded: ReadonlySet<string>): number | null {
  const number = /^\d{1,2}$/.test(cell) ? Number(cell) : 0
  if (number >= 1 && number <= groups) return number - 1
  return notRecorded.has(cell.toLowerCase()) ? groups : null
}

const MISSING = -1
const UNMAPPED = -2
const INVALID = -3
const OLDEST = 130

function groupNames(grouping: Grouping, map: ExtractMap): string[] {
  if (grouping !== 'age') return [...new Set(Object.values(map[grouping] ?? {}))].filter((name) => name !== NOT_RECORDED)
  const from = map.ageBands ?? DEFAULT_AGE_BANDS
  return from.map((age, index) => (index === from.length - 1 ? `${age}+` : `${age}-${from[index + 1] - 1}`))
}

/** Index of a cell's group, or why it has none. */
function grouperOf(grouping: Grouping, map: ExtractMap, notRecorded: ReadonlySet<string>): (cell: string) => number {
  if (grouping === 'age') {
    const from = map.ageBands ?? DEFAULT_AGE_BANDS
    return (cell) => {
      if (notRecorded.has(cell.toLowerCase())) return MISSING
      const age = /^\d{1,3}$/.test(cell) ? Number(cell) : OLDEST + 1
      return age > OLDEST ? INVALID : from.findLastIndex((each) => age >= each)
    }
  }
  const names = groupNames(grouping, map)
  const indexOf = new Map(Object.entries(map[grouping] ?? {}).map(([cell, name]) => [cell.trim(), name === NOT_RECORDED ? MISSING : names.indexOf(name)]))
  return (cell) => indexOf.get(cell) ?? (notRecorded.has(cell.toLowerCase()) ? MISSING : UNMAPPED)
}
