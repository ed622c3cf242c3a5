/** A decomposition that `fairwait decompose` wrote, read back, and its section of the report. */
import type { Decomposition, Estimate } from '../experiment/decompose/types.ts'
import { GAP_MEASURES, MEASURES } from '../measures/definitions.ts'
import { dateText } from './dates.ts'
import { figureMarkup } from './figure.ts'
import { html, type Markup } from './html.ts'
import type { Reader } from './reader.ts'
import { titled } from './verdicts.ts'
import { waterfallFigure } from './waterfall-figure.ts'
import { gapUnit, signedNumber } from './waterfall-words.ts'

/**
 * Reads the text of decomposition.json.
 * @returns null for anything that is not a decomposition of this version: another program's file is no reason to fail
 */
export function readDecomposition(text: string): Decomposition | null {
  try {
    const file = JSON.parse(text, (_, value: unknown) => (isEstimateLike(value) ? withNaN(value) : value)) as Partial<Decomposition> & { schemaVersion?: unknown }
    const isWhole =
      file.schemaVersion === 1 &&
      typeof file.measure === 'string' &&
      typeof file.date === 'string' &&
      typeof file.scenario?.id === 'string' &&
      typeof file.reference?.id === 'string' &&
      Array.isArray(file.withoutGradient) &&
      Array.isArray(file.explanations) &&
      file.explanations.every(({ whole, rest, explained, mechanisms }) => [whole, rest, explained].every(isEstimateLike) && Array.isArray(mechanisms))
    return isWhole ? (file as Decomposition) : null
  } catch {
    return null
  }
}

function isEstimateLike(value: unknown): value is Record<keyof Estimate, number | null> {
  return typeof value === 'object' && value !== null && 'mean' in value && 'lower' in value && 'upper' in value
}

/** Undefined numbers are null in the file. */
function withNaN({ mean, lower, upper }: Record<keyof Estimate, number | null>): Estimate {
  return { mean: mean ?? Number.NaN, lower: lower ?? Number.NaN, upper: upper ?? Number.NaN }
}

/** The waterfall where there is one for this study; else how to get it. */
export async function decompositionSection(reader: Reader, decomposition: Decomposition | null): Promise<Markup[]> {
  const { study } = reader.results
  const info = MEASURES.find(({ id }) => id === decomposition?.measure)
  const scenario = reader.scenarios.find(({ id }) => id === decomposition?.scenario.id)
  const isOurs = decomposition?.reference.id === study.reference && scenario !== undefined && info !== undefined
  if (!isOurs || decomposition === null)
    return [
      html`<p>
        Which mechanism makes a gap (who is referred, who attends, who leaves, who is next) is a question for many more
        runs, with each difference between groups taken out in turn:
      </p>
      <p><code>fairwait decompose ${study.name}.yaml --weeks ${Math.min(study.time.weeks, 52)} --replications 3 --out output/${study.name}</code></p>
      <p>
        A report made after that into the same folder shows its waterfall here. ${GAP_MEASURES.length} measures can be
        decomposed, among them the unmet need (<code>--measure unmet-need-per-1000</code>).
      </p>`,
    ]
  const figures = []
  for (const explanation of decomposition.explanations) figures.push(figureMarkup(await waterfallFigure(decomposition, explanation, info)))
  const [{ whole, question }] = decomposition.explanations
  const unit = gapUnit(info)
  const date = reader.results.catalogue.dates.indexOf(decomposition.date)
  const here = date < 0 || question !== 'gap' ? null : reader.at(scenario, decomposition.measure, 'gap', date)
  const beside =
    here === null
      ? ''
      : ` There the gap is ${signedNumber(whole.mean, unit)} ${unit.words}; in this report’s own runs it is ${signedNumber(here.mean, unit)} on that date.`
  return [
    html`<p>
      By <code>fairwait decompose</code>, under ${titled(scenario)} on ${dateText(decomposition.date)}, from runs of its
      own (${decomposition.replications} ${decomposition.replications === 1 ? 'replication' : 'replications'}).${beside}
    </p>`,
    ...figures,
  ]
}
