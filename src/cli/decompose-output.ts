/** What `fairwait decompose` prints and writes. */
import { MECHANISM_TITLES } from '../experiment/decompose/mechanisms.ts'
import type { Decomposition, Estimate, Explanation } from '../experiment/decompose/types.ts'
import { escapeHtml } from '../report/html.ts'
import { waterfallSvg } from '../report/waterfall-figure.ts'
import { waterfallPage } from '../report/waterfall-page.ts'
import {
  EXPLAINED_TITLE,
  explanationRows,
  gapUnit,
  REST_TITLE,
  waterfallSentence,
  WHOLE_TITLE,
  type GapUnit,
} from '../report/waterfall-words.ts'
import { csvText } from '../results/csv-text.ts'
import { storeText } from './analysis-messages.ts'
import type { Decomposed } from './decompose.ts'
import {
  DECOMPOSE_COLUMNS,
  decompositionClosing,
  decompositionHeading,
  decompositionNotes,
  QUESTIONS,
  withoutGradientLine,
} from './decompose-messages.ts'
import { cut, LINE_WIDTH, plainText, tableLines, type Style } from './terminal.ts'
import { writeFiles } from './write-files.ts'

/** Lines of at most 80 columns. */
export function decompositionLines({ study, info, decomposition, runs: stored, seconds }: Decomposed, out: string | null, style: Style): string[] {
  const { method, leftOut, date, coalitions, runs, withoutGradient } = decomposition
  const gradients = withoutGradientLine(withoutGradient.map((id) => MECHANISM_TITLES[id]))
  const notes = [...decompositionNotes(method === 'sampled', leftOut), ...(gradients === '' ? [] : [gradients])]
  return [
    style.bold(cut(plainText(study.title), LINE_WIDTH)),
    ...wrapped(decompositionHeading(info.label, date)),
    ...decomposition.explanations.flatMap((explanation) => [
      '',
      ...questionLines(decomposition, explanation, gapUnit(info), style),
      '',
      ...wrapped(plainText(waterfallSentence(decomposition, explanation, info))),
    ]),
    '',
    ...notes.flatMap(wrapped).map((line) => style.dim(line)),
    ...(stored === null ? [] : [storeText(stored.ran, stored.stored)]),
    ...decompositionClosing(coalitions, runs, seconds, out).flatMap(wrapped),
  ]
}

function questionLines(decomposition: Decomposition, explanation: Explanation, unit: GapUnit, style: Style): string[] {
  const { scenario, reference, method } = decomposition
  const isSampled = method === 'sampled'
  const head = [
    DECOMPOSE_COLUMNS.mechanism,
    DECOMPOSE_COLUMNS.part(unit.words),
    DECOMPOSE_COLUMNS.interval,
    DECOMPOSE_COLUMNS.share,
    ...(isSampled ? [DECOMPOSE_COLUMNS.error] : []),
    DECOMPOSE_COLUMNS.alone,
  ]
  const [heading, ...lines] = tableLines([head, ...explanationRows(explanation, unit, isSampled)])
  const title = QUESTIONS[explanation.question](scenario.id, reference.id)
  return [style.bold(cut(plainText(title), LINE_WIDTH)), style.bold(heading), ...lines]
}

/** Text on lines of at most 80 columns. */
function wrapped(text: string): string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    if (last === undefined || last.length + 1 + word.length > LINE_WIDTH) lines.push(word)
    else lines[lines.length - 1] = `${last} ${word}`
  }
  return lines.map((line) => cut(line, LINE_WIDTH))
}

/** The versioned object of `--json` and decomposition.json: undefined numbers are null. */
export function decompositionJson({ study, info, decomposition }: Omit<Decomposed, 'runs' | 'seconds'>): object {
  const estimate = ({ mean, lower, upper }: Estimate): object => ({ mean: orNull(mean), lower: orNull(lower), upper: orNull(upper) })
  return {
    schemaVersion: 1,
    study: study.name,
    unit: info.unit,
    ...decomposition,
    explanations: decomposition.explanations.map(({ question, whole, explained, rest, mechanisms }) => ({
      question,
      whole: estimate(whole),
      explained: estimate(explained),
      rest: estimate(rest),
      mechanisms: mechanisms.map(({ id, title, contribution, samplingError, takenOutAlone }) => ({
        id,
        title,
        contribution: estimate(contribution),
        share: orNull(contribution.mean / explained.mean),
        samplingError: orNull(samplingError),
        takenOutAlone: estimate(takenOutAlone),
      })),
    })),
  }
}

function orNull(value: number): number | null {
  return Number.isFinite(value) ? value : null
}

const CSV_HEAD = 'question,scenario,reference,measure,date,part,title,mean,lower,upper,sampling_error,taken_out_alone'

/** One line a part; `explained`, `rest` and `whole` are lines too. */
function decompositionCsv({ decomposition }: Pick<Decomposed, 'decomposition'>): string {
  const { scenario, reference, measure, date } = decomposition
  const lines = decomposition.explanations.flatMap(({ question, whole, explained, rest, mechanisms }) => {
    const line = (part: string, title: string, { mean, lower, upper }: Estimate, error: number, alone: number): string => {
      const names = [question, scenario.id, reference.id, measure, date, part, title].map(csvText)
      return [...names, ...[mean, lower, upper, error, alone].map((value) => (Number.isFinite(value) ? String(value) : ''))].join(',')
    }
    return [
      ...mechanisms.map(({ id, title, contribution, samplingError, takenOutAlone }) =>
        line(id, title, contribution, samplingError, takenOutAlone.mean),
      ),
      line('explained', EXPLAINED_TITLE, explained, Number.NaN, Number.NaN),
      line('rest', REST_TITLE, rest, Number.NaN, Number.NaN),
      line('whole', WHOLE_TITLE[question], whole, Number.NaN, Number.NaN),
    ]
  })
  return `${[CSV_HEAD, ...lines].join('\n')}\n`
}

/**
 * Writes decomposition.json, .csv and .html, and a waterfall for each question (decomposition-gap.svg,
 * decomposition-change.svg), each aside first, so that none is ever half written.
 * @throws UserError with the reason where the folder cannot be written
 */
export async function writeDecomposition(decomposed: Decomposed, folder: string): Promise<void> {
  const { study, info, decomposition } = decomposed
  const files: Record<string, string> = {
    'decomposition.json': `${JSON.stringify(decompositionJson(decomposed), null, 1)}\n`,
    'decomposition.csv': decompositionCsv(decomposed),
    'decomposition.html': await waterfallPage(study.title, decomposition, info),
  }
  for (const explanation of decomposition.explanations) {
    const svg = await waterfallSvg(explanation, info)
    files[`decomposition-${explanation.question}.svg`] = named(svg, waterfallSentence(decomposition, explanation, info))
  }
  await writeFiles(folder, files)
}

/** A picture that stands alone says what it shows; on a page the caption does. */
function named(svg: string, words: string): string {
  return svg.replace('aria-hidden="true" focusable="false"', `role="img" aria-label="${escapeHtml(words)}"`)
}
