/** The report's section on targets: for each, a sentence, and a table of every scenario. */
import { isMissed, type TargetEstimate, type TargetOutcome } from '../measures/targets.ts'
import { chanceText, dateWords, measuredText, unitWords } from '../measures/value-text.ts'
import type { Target } from '../scenario/study.ts'
import { dialSvg } from './dial-svg.ts'
import { folded, ofScenario } from './figure.ts'
import { dataTable, html, type Markup } from './html.ts'
import { estimateText, POINTS, RATE_GAP, type Scale } from './numbers.ts'
import type { Reader } from './reader.ts'
import { titledList } from './verdicts.ts'
import { NEED_GAP, VISIBLE_GAP } from '../measures/headline-measures.ts'

const HEADINGS = ['Scenario', 'Verdict', 'Runs that meet it', 'Value', 'Short by', 'First met']
const NEVER = 'Not within the projection'

/** A gap is never shown alone: beside a gap in waits stands that in unmet need, and the other way round. */
const OTHER_GAPS = [
  { measure: VISIBLE_GAP, heading: 'Gap at 18 weeks', scale: POINTS },
  { measure: NEED_GAP, heading: 'Unmet-need gap per 1,000', scale: RATE_GAP },
] as const

/** Nothing for a study without targets. */
export function targetsSection(reader: Reader): Markup[] {
  const { targets } = reader.results.study
  if (targets.length === 0) return []
  return [
    html`<p>
      A target is judged at the first count of the list on or after its date, run by run. The share of runs that meet
      it has a 95% interval after Wilson, the thin outer arc of its dial; the value and the shortfall, which is nought in a run that meets the target,
      are means with 95% intervals. “First met” is the date by which half of the runs have met the target once. A share
      of runs shows the play of chance under these assumptions. It is not the chance that the target will be met.
    </p>`,
    ...targets.map((target) => targetPart(reader, target)),
  ]
}

function targetPart(reader: Reader, target: Target): Markup {
  const outcomes = reader.results.targets.filter((outcome) => outcome.target.id === target.id)
  const unit = reader.results.measures.find(({ id }) => id === target.measure)?.unit ?? ''
  const date = outcomes[0]?.date ?? null
  const caption = date === null ? `${target.title}: not judged` : `${target.title}: judged on ${dateWords(date)}`
  const others = target.group === 'gap' ? OTHER_GAPS.filter(({ measure }) => isOtherGap(target.measure, measure)) : []
  const rows = outcomes.map((outcome) => [
    titleOf(reader, outcome),
    ...cells(outcome, unit),
    ...others.map(({ measure, scale }) => otherGap(reader, outcome, measure, scale)),
  ])
  const places = outcomes.map(({ scenario }) => reader.scenarios.findIndex(({ id }) => id === scenario))
  const table = dataTable(caption, [...HEADINGS, ...others.map(({ heading }) => heading)], rows, places)
  return html`<div class="figure goal">
    <h3>${target.title}</h3>
    <p>${sentence(reader, outcomes)}</p>
    <ul class="dials">
      ${outcomes.map((outcome, index) => dial(reader, outcome, places[index]))}
    </ul>
    ${folded(`Table: ${caption}`, table)}
  </div>`
}

/** A scenario's share of runs that meet the target. */
function dial(reader: Reader, outcome: TargetOutcome, place: number): Markup {
  const { mean, lower, upper } = outcome.probability
  return html`<li${ofScenario(place)}>
    ${dialSvg({ mean, lower, upper, text: chanceText(mean) })}
    <span><strong>${titleOf(reader, outcome)}</strong> ${verdict(outcome).toLowerCase()}</span>
  </li>`
}

/** Gaps in need for a gap in waits, and the gap in waits for one in need or treatment. */
function isOtherGap(measure: string, other: string): boolean {
  const isOfNeed = /:(unmet|treated)/.test(measure)
  return isOfNeed ? other === VISIBLE_GAP : other === NEED_GAP
}

/** All specialties together, on the date that is judged. */
function otherGap(reader: Reader, { scenario, date }: TargetOutcome, measure: string, scale: Scale): string {
  const summary = reader.scenarios.find(({ id }) => id === scenario)
  const index = date === null ? -1 : reader.results.catalogue.dates.indexOf(date)
  return summary === undefined || index < 0 ? '–' : estimateText(reader.at(summary, measure, 'gap', index), scale)
}

const titleOf = (reader: Reader, { scenario }: TargetOutcome): string =>
  reader.scenarios.find(({ id }) => id === scenario)?.title ?? scenario

/** Which scenarios meet the target in at least half of their runs. */
function sentence(reader: Reader, outcomes: readonly TargetOutcome[]): string {
  if (outcomes.every(({ runs }) => runs === 0)) return 'It cannot be judged: the projection has no value on that date.'
  const meeting = outcomes.filter((outcome) => !isMissed(outcome))
  if (meeting.length === 0) return 'No scenario meets it in half of its runs.'
  if (meeting.length === outcomes.length) return 'Every scenario meets it in at least half of its runs.'
  const titles = titledList(meeting.map((outcome) => ({ title: titleOf(reader, outcome) })))
  const [verb, whose] = meeting.length === 1 ? ['meets', 'its'] : ['meet', 'their']
  return `${titles} ${verb} it in at least half of ${whose} runs; no other scenario does.`
}

function cells(outcome: TargetOutcome, unit: string): string[] {
  const { scenario, target, probability, value, shortfall } = outcome
  const required = target.requiredIn.includes(scenario) ? ' (required)' : ''
  return [
    `${verdict(outcome)}${required}`,
    withInterval(probability, chanceText, ''),
    estimateIn(value, unit),
    shortfall.mean === 0 ? 'Nothing' : estimateIn(shortfall, unit === 'share' ? 'difference of shares' : unit),
    metWords(outcome),
  ]
}

function verdict({ probability, runs }: TargetOutcome): string {
  if (runs === 0) return 'Cannot be judged'
  if (probability.mean === 1) return 'Met in every run'
  if (probability.mean === 0) return 'Missed in every run'
  if (probability.mean === 0.5) return 'Met in half of the runs'
  return probability.mean > 0.5 ? 'Met in most runs' : 'Missed in most runs'
}

/** When it is first met, and whether it stays so. */
function metWords({ firstMet, keptFrom }: TargetOutcome): string {
  if (firstMet === null) return NEVER
  if (keptFrom === firstMet) return dateWords(firstMet)
  const later = keptFrom === null ? 'missed again at the end' : `at every count from ${dateWords(keptFrom)}`
  return `${dateWords(firstMet)}; ${later}`
}

const estimateIn = (estimate: TargetEstimate, unit: string): string =>
  withInterval(estimate, (value) => measuredText(value, unit).replace('-', '−'), unitWords(unit))

/** `61.3% (61.1% to 61.5%)`; no interval after one run. */
function withInterval({ mean, lower, upper }: TargetEstimate, text: (value: number) => string, words: string): string {
  const number = `${text(mean)} ${words}`.trimEnd()
  return Number.isFinite(lower) && Number.isFinite(upper) ? `${number} (${text(lower)} to ${text(upper)})` : number
}
