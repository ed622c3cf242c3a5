/**
 * summary.json: the headline, versioned, the same bytes for equal results. All specialties together stand at the
 * start and at each reporting date, single specialties at the last; series.csv has the rest.
 */
import { confidenceInterval } from '../measures/interval.ts'
import { reportingDateIndices } from '../measures/reporting-dates.ts'
import type { TargetEstimate } from '../measures/targets.ts'
import { moneyRows, poundsText } from './money.ts'
import type { OutputFile } from './output-file.ts'
import { summaryDates } from './row-plan.ts'
import { spreadByCause, type SpreadByCause } from './spread.ts'
import type { ScenarioSummary, StudyResults } from './types.ts'

const CHUNK_CHARACTERS = 1024 * 1024

/**
 * Writes summary.json, one row a line. Rows have no stage: they are of all stages together. Undefined numbers are
 * null; limits have six significant digits.
 */
export async function writeSummaryJson(results: StudyResults, file: OutputFile): Promise<void> {
  const { study } = results
  const scenarios = results.scenarios.map(({ id, title }) => ({ id, title }))
  let text = `{"schemaVersion":1,\n"study":${JSON.stringify(study.name)},\n"reference":${JSON.stringify(study.reference)},\n`
  text += `"scenarios":${JSON.stringify(scenarios)},\n"rows":[`
  let separator = '\n'
  for (const row of summaryRows(results)) {
    text += separator + row
    separator = ',\n'
    if (text.length < CHUNK_CHARACTERS) continue
    await file.write(new TextEncoder().encode(text))
    text = ''
  }
  text += `\n],\n"money":[${moneyLines(results)}\n],\n"targets":[${targetLines(results)}\n]}\n`
  await file.write(new TextEncoder().encode(text))
}

function* summaryRows(results: StudyResults): Generator<string> {
  const { keys, dates } = results.catalogue
  const reporting = reportingDateIndices(dates)
  const spread = spreadByCause(results)
  const datesOf = summaryDates(results)
  for (const [position, scenario] of results.scenarios.entries()) {
    for (const [series, key] of keys.entries()) {
      const { specialty, stage, dimension, group, measure } = key
      if (stage !== 'all') continue
      const place = JSON.stringify({ specialty, dimension, group, measure }).slice(1, -1)
      for (const index of datesOf(key)) {
        const at = series * dates.length + index
        const causes = spread === null ? '' : `,${varianceNumbers(spread(position, series, reporting.indexOf(index)))}`
        yield `{"scenario":${JSON.stringify(scenario.id)},"date":"${dates[index]}",${place},${summaryNumbers(scenario, at)}${causes}}`
      }
    }
  }
}

/** Of one run, by what makes it vary; the two add up to the whole (law of total variance). */
function varianceNumbers({ value, difference }: SpreadByCause): string {
  return (
    `"parameterVariance":${jsonLimit(value.parameter)},"randomVariance":${jsonLimit(value.random)},` +
    `"differenceParameterVariance":${jsonLimit(difference.parameter)},"differenceRandomVariance":${jsonLimit(difference.random)}`
  )
}

function summaryNumbers(scenario: ScenarioSummary, at: number): string {
  const own = confidenceInterval(scenario.mean[at], scenario.sd[at], scenario.n[at])
  const against = confidenceInterval(scenario.difference[at], scenario.differenceSd[at], scenario.differenceN[at])
  return (
    `"mean":${jsonNumber(scenario.mean[at])},"lower":${jsonLimit(own.lower)},"upper":${jsonLimit(own.upper)},` +
    `"difference":${jsonNumber(scenario.difference[at])},"differenceLower":${jsonLimit(against.lower)},` +
    `"differenceUpper":${jsonLimit(against.upper)}`
  )
}

function moneyLines(results: StudyResults): string {
  return moneyRows(results)
    .map(({ budgetPence, spentPence, unspentPence, ...names }) => {
      const pounds = `"budget":${poundsText(budgetPence)},"spent":${poundsText(spentPence)},"unspent":${poundsText(unspentPence)}`
      return `\n{${JSON.stringify(names).slice(1, -1)},${pounds}}`
    })
    .join(',')
}

function targetLines({ targets }: StudyResults): string {
  return targets
    .map(({ scenario, target, date, runs, probability, value, shortfall, firstMet, keptFrom }) => {
      const { id, title, measure, specialty, group, limitKind, limit, by, requiredIn } = target
      const required = requiredIn.includes(scenario)
      const asked = { target: id, title, specialty, group, measure, limitKind, limit, by, required }
      const parts = [
        JSON.stringify({ scenario, ...asked, date, runs }).slice(1, -1),
        estimateFields('probability', probability),
        estimateFields('mean', value),
        estimateFields('shortfall', shortfall),
        JSON.stringify({ firstMet, keptFrom }).slice(1, -1),
      ]
      return `\n{${parts.join(',')}}`
    })
    .join(',')
}

/** `"shortfall":…,"shortfallLower":…,"shortfallUpper":…`; the limits of `mean` are `lower` and `upper`, as in rows. */
function estimateFields(name: string, { mean, lower, upper }: TargetEstimate): string {
  const [below, above] = name === 'mean' ? ['lower', 'upper'] : [`${name}Lower`, `${name}Upper`]
  return `"${name}":${jsonNumber(mean)},"${below}":${jsonLimit(lower)},"${above}":${jsonLimit(upper)}`
}

function jsonNumber(value: number): string {
  return Number.isFinite(value) ? String(value) : 'null'
}

function jsonLimit(value: number): string {
  return Number.isFinite(value) ? String(Number(value.toPrecision(6))) : 'null'
}
