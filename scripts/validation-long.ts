/**
 * Makes docs/validation-long.md from published totals, of which no lists by week band are at hand:
 *
 *     node scripts/validation-long.ts FOLDER
 *
 * FOLDER holds England's overview time series, and the lists of the twelve trusts of Cheshire and Merseyside.
 */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readMonthlyTotals } from '../src/baseline/series/read-monthly.ts'
import { readPartTotals } from '../src/baseline/series/read-part-totals.ts'
import { ALL_SPECIALTIES } from '../src/baseline/series/types.ts'
import { errorGrowth } from '../src/experiment/backtest/error-growth.ts'
import { longOrigins, originsOf, touchesPandemic } from '../src/experiment/backtest/long-origins.ts'
import { partsWithoutFlows } from '../src/experiment/backtest/parts-without-flows.ts'
import { bodyOf, coverageTable } from './validation-tables.ts'

const MONTHLY = 'rtt-england-monthly-2007-04-to-2026-01.csv'
const TRUSTS = 'cheshire-merseyside-12-trusts-monthly-2019-04-to-2026-01.csv'
/** The trusts' first origin, two years after their table begins, and a quarter from one to the next. */
const FIRST_OF_TRUSTS = '2021-03'
const QUARTER = 3

const [folder] = process.argv.slice(2)
if (folder === undefined) throw new Error('usage: node scripts/validation-long.ts FOLDER')
const totals = await readMonthlyTotals(join(folder, MONTHLY))
const england = longOrigins(totals)
const calm = england.filter((row) => !touchesPandemic(row, totals))
const origins = originsOf(totals)
const parts = await readPartTotals(join(folder, TRUSTS))
const trusts = partsWithoutFlows({
  area: 'twelve trusts',
  parts,
  totals,
  origins: origins.filter((month) => month >= FIRST_OF_TRUSTS).filter((_, index) => index % QUARTER === 0),
  growthAt: errorGrowth(totals),
})

const page = [
  '# Validation from totals alone',
  `This page is made by \`node scripts/validation-long.ts FOLDER\`. Lists by week band are at hand from April 2024 on; [the main page](validation.md) is scored on those. What was published before is fewer figures, from many more months: England's overview time series, with clock starts since October 2015, from ${origins.length} origins; and the lists of the twelve trusts of Cheshire and Merseyside by treatment function since April 2019.`,
  '**Bands are reconstructed here**, not published: between the points that a month gives (the median, within 18 weeks, 92 in 100, over 52 and, since April 2021, over 65, 78 and 104 weeks; for stops the median, 95 in 100, within 18 and over 52) the logarithm of the share who waited longer is taken as straight. A law is fitted to such months as elsewhere, at one stage, since totals do not tell decisions to admit apart. Nothing is scored on bands: only the list and its shares within 18 and over 52 weeks, which were published. Unreported removals are as large a part of the list as in the year known, since a fit takes kinks of reconstructed bands for people who leave. Figures are those of today\'s edition, with its revisions and its estimates for trusts that did not submit.',
  '*The pandemic* is a month from February 2020 to March 2021 among those forecast, or in the year before them.',
  '**What comes out.** Outside the pandemic England\'s list is forecast better than by every line at every distance: 0.4, 1.1, 2.0 and 3.8% off after 1, 3, 6 and 11 months, against 0.5, 1.4, 2.6 and 4.5% for the best of them; so is the share within 18 weeks (0.3, 0.6, 0.7 and 1.0 points against 0.5, 0.8, 1.1 and 1.9). Over 52 weeks is better up to half a year, and no better after eleven months (0.7 points against 0.6); with the level held instead of the fitted drift it is worse (1.0). Given clock starts and stops, the list is within 1.7% after eleven months. Intervals of 95% held 91% of the lists after eleven months as a walk\'s, and hold 98% widened; those of 80% held 68% and hold 91%, too many now. Those over 52 weeks stay too narrow (75% after eleven months): their changes grew with the share itself, which the months before 2020, with next to nobody over 52 weeks, cannot tell. Into and out of the pandemic nothing held. For the twelve trusts, where clock starts and stops are not known, shares a month or a quarter ahead are worse than their last value, and the list and over 52 weeks eleven months ahead better than every line: reconstructed bands and England\'s rates cost about two points at once. Single treatment functions of these trusts are projected worse than by their last value at every distance (within 18 weeks 9.0 points off after eleven months, against 5.7): England\'s rates of all treatment functions together are not theirs. Each counts once there, one of some forty people among them, whose jumps make most of the list\'s mean error.',
  bodyOf(calm, 'England, outside the pandemic'),
  '### Intervals: a random walk, and widened',
  'A list that turns, turns for longer than its monthly changes tell. So the spread of a walk is multiplied by how much faster than a walk\'s the changes of England\'s totals have spread: the standard deviation of changes over n months over that of one month\'s times √n, at least 1. It is taken from the totals since 2007 up to the origin, without the pandemic, and from no forecast, so that nothing in it is tuned on what is scored.',
  coverageTable(calm),
  bodyOf(england.filter((row) => touchesPandemic(row, totals)), 'England, into or out of the pandemic'),
  trustSection(),
]
await writeFile(join('docs', 'validation-long.md'), `${page.join('\n\n')}\n`)

function trustSection(): string {
  const together = trusts.filter(({ specialty }) => specialty === ALL_SPECIALTIES)
  const single = trusts.filter(({ specialty, published }) => specialty !== ALL_SPECIALTIES && published.list > 0)
  return [
    bodyOf(together, 'Twelve trusts of Cheshire and Merseyside, all treatment functions'),
    'Of these trusts lists are published here and no clock starts or stops. So the size of their list is a line, its own damped trend of a year; who is on it is projected from reconstructed bands by England\'s law at the origin, at England\'s stops per person waiting.',
    coverageTable(together),
    bodyOf(single.map((row) => ({ ...row, area: 'twelve trusts, by treatment function' })), 'The same by treatment function').replace(/\n\nClock starts and stops given[\s\S]*$/, ''),
    coverageTable(single),
  ].join('\n\n')
}
