/** Commands that read statistics, fuzzed whole: fits and scores of month-ends, an extract of one's own, planning tables. */
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { bandRow, HEADER, monthRows } from '../baseline/series/week-bands.ts'
import { damagedValues } from './mutate.ts'
import { csvOf, damagedTables, type Cells } from './mutate-tables.ts'
import { target, type FuzzTarget } from './targets.ts'

/** Runs a command and requires an orderly end. */
type Orderly = (args: readonly string[]) => Promise<void>

const MONTHS = ['2025-01', '2025-02', '2025-03', '2025-04', '2025-05', '2025-06']
const cellsOf = (rows: readonly string[]): Cells => rows.map((row) => row.split(','))

/** Two treatment functions of one system, with lists that make sense. */
const SERIES = cellsOf([HEADER, ...MONTHS.flatMap((month) => ['C_110', 'C_130'].flatMap((code) => monthRows(month, 'QYG', code)))])

const OVERVIEW_COLUMNS = ['month', 'inc_total_mil_est', 'inc_le18_est', 'inc_gt52_est', 'newrtt_est', 'completed_est', 'total_rem_est']
const OVERVIEW: Cells = [OVERVIEW_COLUMNS, ...['2024', '2025'].flatMap((year) => Array.from({ length: 12 }, (_, index) => [`${year}-${String(index + 1).padStart(2, '0')}`, '7400000', '4400000', '200000', String(1_700_000 + index * 20_000), '1500000', '1690000']))]

/** Counts that a fit may stumble over: none, one, and as many as a cell may hold. */
const count = fc.oneof({ weight: 4, arbitrary: fc.nat(40) }, { weight: 3, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.constantFrom(1, 100_000, 99_999_999) })
const bandCounts = fc.dictionary(fc.constantFrom('0', '1', '4', '17', '18', '51', '52', '104'), count, { maxKeys: 4 })

/** Tables whose sums are right, of counts that are not a health service's. */
const strangeSeries: fc.Arbitrary<string> = fc
  .array(fc.record({ admitted: bandCounts, nonAdmitted: bandCounts, waiting: bandCounts, decided: bandCounts, starts: count, unknown: fc.constantFrom(0, 0, 3) }), { minLength: 4, maxLength: 6 })
  .map((months) => csvOf(cellsOf([HEADER, ...months.flatMap((counts, index) => [
    bandRow(MONTHS[index], 'QYG', '1A', 'C_110', counts.admitted),
    bandRow(MONTHS[index], 'QYG', '1B', 'C_110', counts.nonAdmitted),
    bandRow(MONTHS[index], 'QYG', '2', 'C_110', counts.waiting, counts.unknown),
    bandRow(MONTHS[index], 'QYG', '2A', 'C_110', counts.decided),
    bandRow(MONTHS[index], 'QYG', '3', 'C_110', {}, 0, counts.starts),
  ])])))

const EXTRACT_COLUMNS = ['start', 'tfc', 'dta', 'imd', 'prio', 'age', 'sex', 'eth']
const EXTRACT: Cells = [
  EXTRACT_COLUMNS,
  ...Array.from({ length: 120 }, (_, index) => {
    const start = new Date(Date.UTC(2026, 0, 14) - ((index * 37) % 400) * 86_400_000).toISOString().slice(0, 10)
    return [start, index % 3 === 0 ? '110' : '130', index % 7 === 0 ? '2026-01-14' : '', String((index % 5) + 1), index % 9 === 0 ? '2' : '4', String((index * 13) % 95), index % 2 === 0 ? 'F' : 'M', 'A']
  }),
]
const MAP = {
  system: 'QYG',
  columns: { clockStart: 'start', specialty: 'tfc', decisionToAdmit: 'dta', deprivation: 'imd', priority: 'prio', age: 'age', sex: 'sex', ethnicity: 'eth' },
  deprivationGroups: 'fifths',
  specialties: { Bones: 'C_110' },
  otherSpecialty: 'X05',
  sex: { F: 'female', M: 'male' },
  ethnicity: { A: 'white' },
  priority: { 2: 'P2', 4: 'P4' },
  ageBands: [0, 19, 65],
  notRecorded: ['Unknown'],
  flows: 'in-proportion',
  maxInvalidShare: 0.05,
}

const PLAN: Cells = cellsOf(['specialty,group,clock_starts_per_week,capacity_per_week,waiting,mean_wait_weeks,cv_demand,cv_capacity', 'C_110,1,10,9,250,18,1,1.1', 'C_110,2,10,11,250,18,1,1', 'C_130,1,8,9,150,14,1,1', 'C_130,2,8,8,150,14,1,1'])
/** More people than this are not simulated: a case is to be short. */
const MOST_SIMULATED = 5000

/** The targets. @param folder that they may write to */
export function statisticsTargets(folder: string, orderly: Orderly): FuzzTarget[] {
  const at = (name: string): string => join(folder, name)
  const given = (name: string, text: string): string => {
    writeFileSync(at(name), text)
    return at(name)
  }
  given('good-list.csv', csvOf(EXTRACT))
  const extract = async (list: string, map: unknown): Promise<void> => {
    await orderly(['import', 'extract', list, '--map', given('map.json', JSON.stringify(map)), '--as-at', '2026-01-14', '--out', at('packs')])
    rmSync(at('packs'), { recursive: true, force: true })
  }
  const calibrate = (table: string): Promise<void> => orderly(['calibrate', given('series.csv', table), '--out', at('fit.json'), '--quiet'])
  return [
    target('calibrate, a table', 1, [csvOf(SERIES)], damagedTables([SERIES]), calibrate),
    target('calibrate, strange counts', 2, [csvOf(SERIES)], strangeSeries, calibrate),
    target('backtest, strange counts', 1, [csvOf(SERIES)], strangeSeries, async (table) => {
      await orderly(['backtest', given('series.csv', table), '--from', '2025-04', '--out', at('scores'), '--specialties', '--quiet'])
      rmSync(at('scores'), { recursive: true, force: true })
    }),
    target('calibrate, an overview', 1, [csvOf(OVERVIEW)], damagedTables([OVERVIEW]), (table) =>
      orderly(['calibrate', given('series.csv', csvOf(SERIES)), '--monthly', given('overview.csv', table), '--out', at('fit.json'), '--quiet'])),
    target('import extract, a list', 2, [csvOf(EXTRACT)], damagedTables([EXTRACT]), (list) => extract(given('list.csv', list), MAP)),
    target('import extract, a map', 2, [MAP], damagedValues([MAP]), (map) => extract(at('good-list.csv'), map)),
    target('plan, a table', 1, [csvOf(PLAN)], damagedTables([PLAN]), async (table) => {
      const file = given('plan.csv', table)
      await orderly(['plan', file])
      const numbers = table.split(/[\n,]/).map(Number).filter((value) => !Number.isNaN(value))
      if (numbers.every((value) => value <= MOST_SIMULATED)) await orderly(['plan', file, '--simulate', '--relief-weeks', '4', '--quiet'])
    }),
  ]
}
