/** The table of targets under the table of scenarios: one row a scenario, one column a target. */
import { groupSeries } from '../measures/group-series.ts'
import { chanceText, measuredText } from '../measures/value-text.ts'
import type { TargetOutcome } from '../measures/targets.ts'
import type { StudyResults } from '../results/types.ts'
import type { Target } from '../scenario/study.ts'
import { REQUIRED_MARK, targetNotes, TARGETS_HEADING } from './messages.ts'
import { cut, LINE_WIDTH, plainText, tableLines, textWidth, type Style } from './terminal.ts'
import { NEED_GAP, VISIBLE_GAP } from '../measures/headline-measures.ts'

/** Room that scenarios' names keep when columns are put side by side. */
const NAME_WIDTH = 23

/** The cells of a target, its name in the table first. */
type Column = readonly string[]

/** Lines of at most 80 columns; none for a study without targets. */
export function targetLines(results: StudyResults, style: Style): string[] {
  const { targets } = results.study
  if (targets.length === 0) return []
  const names = targets.map((_, index) => `T${index + 1}`)
  const titles = targets.map(({ title }, index) => cut(`${names[index].padEnd(4)}${plainText(title)}`, LINE_WIDTH))
  const columns = targets.flatMap((target, index): Column[] => {
    const outcomes = results.targets.filter(({ target: { id } }) => target.id === id)
    const own = [names[index], ...outcomes.map((outcome) => cellOf(outcome, results))]
    const other = otherGapOf(target)
    if (other === null) return [own]
    return [own, [`${names[index]} ${other.short}`, ...outcomes.map((outcome) => otherGapCell(outcome, other.measure, results))]]
  })
  const scenarios = ['', ...results.scenarios.map(({ id }) => id)]
  const notes = targetNotes({
    required: targets.some(({ requiredIn }) => requiredIn.length > 0),
    unjudged: results.targets.some(({ runs }) => runs === 0),
    otherGaps: [...new Set(targets.flatMap((target) => otherGapOf(target)?.short ?? []))],
  })
  return [
    style.bold(TARGETS_HEADING),
    ...titles,
    ...sideBySide(columns).flatMap((block) => ['', ...blockLines(scenarios, block, style)]),
    '',
    ...notes.map((line) => style.dim(cut(line, LINE_WIDTH))),
  ]
}

/** A gap never stands alone: beside one in waits stands that in unmet need, beside one in need that in waits. */
const OTHER_GAPS = {
  waits: { short: 'waits', measure: VISIBLE_GAP },
  need: { short: 'need', measure: NEED_GAP },
} as const
/** Measures whose gap is of need. */
const OF_NEED = /:(unmet-need-per-1000|treated-per-need|treated-per-1000)$/

function otherGapOf({ measure, group }: Target): (typeof OTHER_GAPS)[keyof typeof OTHER_GAPS] | null {
  if (group !== 'gap') return null
  return OF_NEED.test(measure) ? OTHER_GAPS.waits : OTHER_GAPS.need
}

/** Mean of the other gap on the target's date; a dash where it is not judged. */
function otherGapCell({ scenario, date }: TargetOutcome, measure: string, { catalogue, scenarios, measures }: StudyResults): string {
  const series = groupSeries(catalogue, { measure, specialty: 'all', group: 'gap' })
  const summary = scenarios.find(({ id }) => id === scenario)
  const at = date === null ? -1 : catalogue.dates.indexOf(date)
  if (series < 0 || at < 0 || summary === undefined) return measuredText(Number.NaN, '')
  const unit = measures.find(({ id }) => id === measure)?.unit ?? ''
  return measuredText(summary.mean[series * catalogue.dates.length + at], unit)
}

/** `100%* (70.0%)`: the share of runs that meet the target, whether it is required, and the mean on its date. */
function cellOf({ scenario, target, runs, probability, value }: TargetOutcome, { measures }: StudyResults): string {
  const unit = measures.find(({ id }) => id === target.measure)?.unit ?? ''
  const mark = target.requiredIn.includes(scenario) ? REQUIRED_MARK : ''
  if (runs === 0) return `${chanceText(probability.mean)}${mark}`
  return `${chanceText(probability.mean)}${mark} (${measuredText(value.mean, unit)})`
}

/** As many columns in a block as fit beside the scenarios' names. */
function sideBySide(columns: readonly Column[]): Column[][] {
  const blocks: Column[][] = []
  let left = 0
  for (const column of columns) {
    const width = Math.max(...column.map(textWidth)) + 1
    if (blocks.length === 0 || width > left) {
      blocks.push([])
      left = LINE_WIDTH - NAME_WIDTH
    }
    blocks[blocks.length - 1].push(column)
    left -= width
  }
  return blocks
}

function blockLines(scenarios: readonly string[], block: readonly Column[], style: Style): string[] {
  const [head, ...rows] = tableLines(scenarios.map((id, row) => [id, ...block.map((column) => column[row])]))
  return [style.bold(head), ...rows]
}
