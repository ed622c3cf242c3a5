/** Adding up the rows of one month by area and treatment function. */
import { say } from './import-messages.ts'
import { TOTAL_CODE, type Part, type RttRow } from './rtt-table.ts'
import { BANDS } from './types.ts'

/** Parts that are published by weeks waited. */
export type BandedPart = Exclude<Part, 'Part_3'>
const BANDED_PARTS: readonly BandedPart[] = ['Part_1A', 'Part_1B', 'Part_2', 'Part_2A']

/** Counts of one treatment function in one area and month. */
export interface SpecialtyTally {
  readonly name: string
  /** By whole weeks waited, {@link BANDS} entries, without pathways of unknown clock start. */
  readonly bands: Readonly<Record<BandedPart, Float64Array>>
  readonly unknownStart: Record<BandedPart, number>
  clockStarts: number
}

/** Counts of one area and month, by treatment function code. */
export type AreaTally = ReadonlyMap<string, SpecialtyTally>

/** Counts of one month by ICB code; the empty code is commissioners without an ICB. */
export interface MonthTally {
  readonly file: string
  readonly sha256: string
  readonly month: string
  readonly areas: ReadonlyMap<string, AreaTally>
}

function emptySpecialty(name: string): SpecialtyTally {
  const bands = (): Float64Array => new Float64Array(BANDS)
  return {
    name,
    bands: { Part_1A: bands(), Part_1B: bands(), Part_2: bands(), Part_2A: bands() },
    unknownStart: { Part_1A: 0, Part_1B: 0, Part_2: 0, Part_2A: 0 },
    clockStarts: 0,
  }
}

/** Collects the rows of one file. */
export class Tally {
  private readonly file: string
  private readonly areas = new Map<string, Map<string, SpecialtyTally>>()
  /** Sums over treatment functions and total rows, by area and part. */
  private readonly sums = new Map<string, { area: string; part: Part; sum: number; total: number }>()
  private readonly parts = new Set<Part>()
  private month = ''
  private hasTotals = false

  constructor(file: string) {
    this.file = file
  }

  /**
   * Adds a row. Total rows (`C_999`) are not counted, only kept to check the sum of the others.
   *
   * @throws InputError where the row is of another month than the first
   */
  add(row: RttRow, line: number): void {
    if (this.month === '') this.month = row.month
    if (row.month !== this.month) throw say.mixedMonths(this.file, line, this.month, row.month)
    const check = this.check(row.area, row.part)
    if (row.code === TOTAL_CODE) {
      this.hasTotals = true
      check.total += row.total
      return
    }
    check.sum += row.total
    this.parts.add(row.part)
    this.count(row)
  }

  private check(area: string, part: Part): { sum: number; total: number } {
    const key = `${area} ${part}`
    const found = this.sums.get(key)
    if (found !== undefined) return found
    const created = { area, part, sum: 0, total: 0 }
    this.sums.set(key, created)
    return created
  }

  private count(row: RttRow): void {
    const specialty = this.specialty(row)
    if (row.part === 'Part_3') {
      specialty.clockStarts += row.total
      return
    }
    const bands = specialty.bands[row.part]
    for (let band = 0; band < BANDS; band++) bands[band] += row.bands[band]
    specialty.unknownStart[row.part] += row.unknownStart
  }

  private specialty(row: RttRow): SpecialtyTally {
    let area = this.areas.get(row.area)
    if (area === undefined) this.areas.set(row.area, (area = new Map()))
    let specialty = area.get(row.code)
    if (specialty === undefined) area.set(row.code, (specialty = emptySpecialty(row.name)))
    return specialty
  }

  /**
   * The month's counts.
   *
   * @throws InputError where there was no row, a part is missing, or the file's own total rows disagree
   */
  finish(sha256: string): MonthTally {
    if (this.month === '') throw say.noRows(this.file)
    for (const part of [...BANDED_PARTS, 'Part_3'] as const) {
      if (!this.parts.has(part)) throw say.missingPart(this.file, part)
    }
    for (const { area, part, sum, total } of this.hasTotals ? this.sums.values() : []) {
      if (sum !== total) throw say.totalsDiffer(this.file, area, part, sum, total)
    }
    return { file: this.file, sha256, month: this.month, areas: this.areas }
  }
}

/** England: every row, whoever the commissioner, including those without an ICB and non-commissioned (`NONC`). */
export function sumAreas(areas: Iterable<AreaTally>): AreaTally {
  const england = new Map<string, SpecialtyTally>()
  for (const area of areas) {
    for (const [code, from] of area) {
      const into = england.get(code) ?? emptySpecialty(from.name)
      england.set(code, into)
      into.clockStarts += from.clockStarts
      for (const part of BANDED_PARTS) {
        into.unknownStart[part] += from.unknownStart[part]
        for (let band = 0; band < BANDS; band++) into.bands[part][band] += from.bands[part][band]
      }
    }
  }
  return england
}
