/** The section on uncertainty: what intervals mean, how precise this study is, and what its spread comes from. */
import { groupSeries } from '../measures/group-series.ts'
import { reportingDateIndices } from '../measures/reporting-dates.ts'
import { NestedMoments } from '../measures/nested-moments.ts'
import { studentTQuantile } from '../measures/interval.ts'
import type { ScenarioSummary } from '../results/types.ts'
import { HEADLINE_COLUMNS, type Column } from './headline.ts'
import { dataTable, html, type Markup, type Part } from './html.ts'
import { intervalScale, intervalSvg, type IntervalMark } from './interval-svg.ts'
import { changeText, COUNT, isClear, SHARE, sizeText, valueText } from './numbers.ts'
import type { Reader } from './reader.ts'
import { titled } from './verdicts.ts'

/** What scenarios are judged by; money is planned and has no spread. */
const JUDGED = HEADLINE_COLUMNS.filter(({ measure }) => measure !== 'spend-to-date')
/** More runs than this are not worth naming. */
const MOST_RUNS = 100_000

/** The section's parts; a study of the reference alone has no comparison to be precise about. */
export function uncertaintySection(reader: Reader): Markup[] {
  const words = html`<p>${spreadWords(reader)}</p>
    <p>${intervalWords(reader)}</p>`
  return reader.others.length === 0 ? [words] : [words, runsFigure(reader), precisionPart(reader), ...variancePart(reader)]
}

function spreadWords({ results: { study } }: Reader): string {
  const each = study.replications === 1 ? 'one replication' : `${study.replications} replications`
  if (study.draws === 0)
    return (
      `Every number is a mean over ${each}: the same people and assumptions, other luck. Each uncertain assumption stands ` +
      'at its mean, so that intervals show the play of chance alone, and not how sure anybody is of the assumptions. ' +
      '“draws” in the study file brings that in, and “fairwait sensitivity” says which assumption matters.'
    )
  return (
    `Every number is a mean over ${study.draws} draws of the uncertain assumptions with ${each} each. Intervals ` +
    'show both: the play of chance, and what is not known about the assumptions that have a distribution.'
  )
}

/** What an interval says, on an example of the study's own. */
function intervalWords(reader: Reader): string {
  const [scenario = reader.reference] = reader.others
  const { differenceLower, differenceUpper, lower, upper } = reader.at(scenario, 'waiting', 'all', reader.last)
  const paired = 'Scenarios share their random numbers: the same people meet the same luck, so that a difference is the scenario’s doing.'
  if (!Number.isFinite(lower)) return `One run has no interval. ${paired}`
  const [own, difference] = [(upper - lower) / 2, (differenceUpper - differenceLower) / 2]
  const example =
    scenario === reader.reference
      ? ''
      : ` The list under ${titled(scenario)} is known to within ${valueText(own, COUNT)} pathways, its difference from ${titled(reader.reference)} to within ${valueText(difference, COUNT)}.`
  return `Were the whole study run again and again with other seeds, 95 of 100 of its intervals would hold the true mean of the model. ${paired}${example}`
}

/** Values of the single runs of a scenario less those of the reference, on the last date. */
function runDifferences(reader: Reader, scenario: ScenarioSummary, column: Column): { readonly draw: number; readonly value: number }[] {
  const { runRows, catalogue } = reader.results
  const { measure, group } = column
  const series = groupSeries(catalogue, { measure, specialty: 'all', group })
  const at = series * runRows.dateIndices.length + reportingDateIndices(catalogue.dates).length - 1
  const pairOf = (draw: number, replication: number) =>
    runRows.runs.find((run) => run.scenario === reader.reference.id && run.draw === draw && run.replication === replication)
  return runRows.runs
    .filter((run) => run.scenario === scenario.id)
    .map(({ draw, replication, values }) => ({ draw, value: values[at] - (pairOf(draw, replication)?.values[at] ?? Number.NaN) }))
}

/** Every run as a tick, beside the mean and its interval. */
function runsFigure(reader: Reader): Markup {
  const shown = JUDGED.filter(({ measure }) => measure !== 'over-52-weeks')
  const columns = shown.map((column) => {
    const marks = reader.others.map((scenario): IntervalMark => {
      const estimate = reader.at(scenario, column.measure, column.group, reader.last)
      const runs = runDifferences(reader, scenario, column).map(({ value }) => value)
      return { mean: estimate.difference, lower: estimate.differenceLower, upper: estimate.differenceUpper, isClear: isClear(estimate), runs: thinned(runs) }
    })
    return { column, marks, scale: intervalScale(marks, false) }
  })
  const rows = reader.others.map((scenario, row) => [scenario.title, ...columns.map(({ marks, scale }) => intervalSvg(marks[row], scale))])
  const extremes = reader.others.map((scenario) => [
    scenario.title,
    ...shown.map((column) => {
      const values = runDifferences(reader, scenario, column).map(({ value }) => value)
      const ends = values.filter((value) => Number.isFinite(value))
      return ends.length === 0 ? '–' : `${changeText(Math.min(...ends), column.scale)} to ${changeText(Math.max(...ends), column.scale)}`
    }),
  ])
  const headings = ['Scenario', ...shown.map(({ heading }) => heading)]
  const places = reader.others.map((scenario) => reader.scenarios.indexOf(scenario))
  return html`<section class="figure picture" aria-labelledby="every-run">
    <h3 id="every-run">Every run</h3>
    <p class="caption">
      Each tick is one run’s change from ${titled(reader.reference)} at the end, the dot their mean with its 95% interval;
      the dotted line is no change. The numbers under it are the lowest and the highest run.
    </p>
    ${dataTable('Change from the reference, run by run', headings, rows.map((row, index) => row.map((cell, column): Part => (column === 0 ? cell : html`${cell}<span>${extremes[index][column]}</span>`))), places)}
  </section>`
}

/** Ticks beyond this many in a cell only make it black. */
const MOST_TICKS = 60

function thinned(values: readonly number[]): number[] {
  const step = Math.ceil(values.length / MOST_TICKS)
  return values.toSorted((a, b) => a - b).filter((_, index) => index % step === 0)
}

/** How wide intervals are, and how many runs would make a difference clear that is not. */
function precisionPart(reader: Reader): Markup {
  const rows = reader.others.map((scenario) => [
    scenario.title,
    ...JUDGED.map((column) => {
      const { differenceLower, differenceUpper } = reader.at(scenario, column.measure, column.group, reader.last)
      const half = (differenceUpper - differenceLower) / 2
      return Number.isFinite(half) ? `±${sizeText(half, column.scale)}${runsWords(reader, scenario, column)}` : '–'
    }),
  ])
  const places = reader.others.map((scenario) => reader.scenarios.indexOf(scenario))
  const unit = isNested(reader) ? 'draws' : 'runs'
  return html`<section class="figure table-only" aria-labelledby="precision">
    <h3 id="precision">How precise it is</h3>
    <p class="caption">
      Half the width of each 95% interval at the end. Where a difference is not clear: about how many ${unit} would make
      it so, if it stayed as it is now. Four times as many ${unit} halve an interval.
    </p>
    ${dataTable('Precision of changes from the reference', ['Scenario', ...JUDGED.map(({ heading }) => heading)], rows, places)}
  </section>`
}

function runsWords(reader: Reader, scenario: ScenarioSummary, { measure, group }: Column): string {
  const estimate = reader.at(scenario, measure, group, reader.last)
  const n = unitsOf(reader)
  if (isClear(estimate) || n < 2 || estimate.difference === 0) return ''
  const half = (estimate.differenceUpper - estimate.differenceLower) / 2
  const sd = (half * Math.sqrt(n)) / studentTQuantile(0.975, n - 1)
  const needed = runsNeeded(sd, Math.abs(estimate.difference))
  return needed > MOST_RUNS ? `; not clear, nor with ${valueText(MOST_RUNS, COUNT)}` : `; clear from about ${valueText(needed, COUNT)}`
}

/**
 * Fewest runs whose 95% interval leaves out nought, if mean and spread stay as they are.
 * @param sd standard deviation of the paired differences
 * @param size of the mean difference, above 0
 */
export function runsNeeded(sd: number, size: number): number {
  let runs = Math.max(2, Math.ceil((1.96 * sd / size) ** 2))
  while (runs <= MOST_RUNS && studentTQuantile(0.975, runs - 1) * sd >= size * Math.sqrt(runs)) runs += Math.max(1, Math.floor(runs / 100))
  return runs
}

const isNested = ({ results: { study } }: Reader): boolean => study.draws > 1 && study.replications > 1

/** What intervals are over. */
function unitsOf({ results: { study } }: Reader): number {
  if (study.draws > 1) return study.replications > 1 ? study.draws : study.draws * study.replications
  return study.replications
}

/** Share of the spread between runs that uncertain parameters make, where a study can tell it from chance. */
function variancePart(reader: Reader): Markup[] {
  if (!isNested(reader)) return []
  const rows = reader.others.map((scenario) => [
    scenario.title,
    ...JUDGED.map((column) => varianceText(spreadOf(runDifferences(reader, scenario, column)))),
  ])
  const places = reader.others.map((scenario) => reader.scenarios.indexOf(scenario))
  const table = dataTable('Parameters and chance in the spread of changes from the reference', ['Scenario', ...JUDGED.map(({ heading }) => heading)], rows, places)
  return [
    html`<section class="figure table-only" aria-labelledby="variance">
      <h3 id="variance">Parameters or chance</h3>
      <p class="caption">
        Of the variance between runs of each change at the end, the share that comes from the uncertain assumptions; the
        rest is chance. Where it is large, more draws and better evidence help; where it is small, more replications do.
        An estimate from few draws is rough.
      </p>
      ${table}
    </section>`,
  ]
}

/** Variances of one quantity: within draws, and between them. */
function spreadOf(runs: readonly { readonly draw: number; readonly value: number }[]) {
  const moments = new NestedMoments(1)
  for (const [index, { draw, value }] of runs.entries()) {
    moments.add(0, value)
    if (runs[index + 1]?.draw !== draw) moments.endDraw()
  }
  return moments.spread(0)
}

function varianceText({ parameterVariance, randomVariance }: { readonly parameterVariance: number; readonly randomVariance: number }): string {
  const between = Math.max(0, parameterVariance)
  const all = between + randomVariance
  return all > 0 ? `${SHARE.value(between / all)} parameters` : '–'
}
