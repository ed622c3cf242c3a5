/** What makes the gap: asked by a button, since it takes hundreds of runs, and answered in pictures, words and tables. */
import { dateText } from '../../report/dates.ts'
import { waterfallBars } from '../../report/waterfall-figure.ts'
import { waterfallSpec, WATERFALL_COLOURS } from '../../report/waterfall-spec.ts'
import { explanationRows, gapUnit, waterfallSentence } from '../../report/waterfall-words.ts'
import { MECHANISM_TITLES } from '../../experiment/decompose/mechanisms.ts'
import type { Explanation } from '../../experiment/decompose/types.ts'
import { EXPLAINING, type GapExplanation } from '../contract.ts'
import { text } from '../messages.ts'
import { createStillView, type SavableView } from './chart-view.ts'
import { button, element, fill, svgElement } from './dom.ts'
import type { Explaining } from './explaining.ts'
import { dataTable, summary } from './figure.ts'
import type { Picture } from './figures.ts'
import type { Shown } from './results-part.ts'
import type { ScreenState, Session } from './session.ts'

const words = text.decomposition

/** The figure. */
export function gapExplainedFigure(session: Session): Picture {
  let latest: Shown | null = null
  const ask = askPart(session, () => latest)
  const answer = answerPart()
  const command = commandPart()
  const show = (state: ScreenState): void => {
    ask.show(state, latest)
    command.show(state, latest)
    answer.mark(state, latest)
  }
  session.listen((state, change) => {
    show(state)
    if (change === 'explaining') void answer.show(state.explaining, state, latest).catch(() => session.report([{ message: text.problems.drawing }]))
  })
  const title = text.figureTitles.decomposition
  const heading = element('h3', { id: 'title-decomposition', class: 'fw-figure-title' }, title)
  return {
    id: 'decomposition',
    root: element('section', { class: 'fw-figure', id: 'figure-decomposition', 'aria-labelledby': 'title-decomposition' }, heading, ask.root, answer.root, command.root),
    draw(shown) {
      latest = shown
      show(session.state())
    },
  }
}

/** The question, the button, and how far it is. */
function askPart(session: Session, latest: () => Shown | null) {
  const sentence = element('p', { class: 'fw-sentence' })
  const cost = element('p', { class: 'fw-hint', id: 'explain-cost' })
  const explain = button(words.explain, () => {
    const shown = latest()
    if (shown === null) return
    session.explain(shown.chosen.id, shown.reader.results.dates[shown.date])
    stop.focus()
  })
  explain.id = 'explain-gap'
  explain.setAttribute('aria-describedby', 'explain-cost')
  const stop = button(words.stop, () => session.stopExplaining(), 'fw-link-button')
  stop.id = 'explain-stop'
  const bar = element('progress', { max: 1, value: 0, class: 'fw-progress', 'aria-label': words.progressLabel })
  const progress = element('span', { class: 'fw-explain-words' })
  // Progress is seen, not read out; its end is.
  const status = element('span', { role: 'status', id: 'explain-status' })
  const root = element('div', { class: 'fw-explain' }, sentence, cost, element('div', { class: 'fw-run-bar' }, explain, bar, progress, stop, status))
  return {
    root,
    show(state: ScreenState, shown: Shown | null): void {
      root.hidden = state.opened !== null
      const { phase, progress: far } = state.explaining
      const isWorking = phase === 'working'
      if (shown !== null) {
        sentence.textContent = words.ask(shown.chosen.title, dateText(shown.reader.results.dates[shown.date]))
        cost.textContent = state.run === 'running' ? words.notYet : costText(shown)
      }
      const hadFocus = document.activeElement === stop
      explain.hidden = isWorking
      explain.disabled = shown === null || state.run === 'running'
      for (const part of [bar, progress, stop]) part.hidden = !isWorking
      if (hadFocus && !isWorking) explain.focus()
      bar.value = far === null ? 0 : far.runs / far.of
      progress.textContent = far === null ? words.preparing : words.progress(far.runs, far.of, far.secondsLeft)
      status.textContent = statusText(state.explaining)
    },
  }
}

function costText({ reader, chosen }: Shown): string {
  const scenarios = chosen.id === reader.reference.id ? 1 : 2
  return words.cost(EXPLAINING.mostCoalitions * EXPLAINING.replications * scenarios, EXPLAINING.replications)
}

function statusText({ phase, answer }: Explaining): string {
  switch (phase) {
    case 'idle':
    case 'working':
      return ''
    case 'done':
      return answer === null ? '' : words.done(answer.explanation.decomposition.scenario.title)
    case 'stopped':
    case 'overtaken':
    case 'failed':
      return words[phase]
  }
}

/** The last answer, grey where it is not of what is on the screen. */
function answerPart() {
  const stale = element('p', { class: 'fw-explain-stale', hidden: true })
  const body = element('div', { class: 'fw-explain-answer' })
  const root = element('div', { id: 'gap-answer', hidden: true }, stale, body)
  let drawn: GapExplanation | null = null
  let views: SavableView[] = []
  const mark = ({ explaining: { answer }, file, opened }: ScreenState, shown: Shown | null): void => {
    root.hidden = answer === null || opened !== null
    if (answer === null) return
    const { asked } = answer
    const isOld = asked.file !== file || asked.scenario !== shown?.chosen.id || asked.date !== shown.reader.results.dates[shown.date]
    stale.hidden = !isOld
    stale.textContent = isOld ? words.stale(answer.explanation.decomposition.scenario.title, dateText(asked.date)) : ''
    root.classList.toggle('fw-is-stale', isOld)
  }
  return {
    root,
    mark,
    async show({ answer }: Explaining, state: ScreenState, shown: Shown | null): Promise<void> {
      if (answer === null || answer.explanation === drawn) return
      const { explanation } = answer
      drawn = explanation
      for (const view of views) view.close()
      views = []
      const { decomposition, measure } = explanation
      const parts = decomposition.explanations.map((each) => explanationPart(explanation, each))
      fill(body, ...parts.map(({ root: part }) => part), element('p', { class: 'fw-hint' }, precisionText(explanation)))
      mark(state, shown)
      for (const { box, explanation: each } of parts) views.push(await createStillView(box, waterfallSpec(waterfallBars(each, measure), text.axes.points)))
    },
  }
}

function explanationPart(whole: GapExplanation, explanation: Explanation) {
  const { decomposition, measure } = whole
  const title = words.titles[explanation.question]
  const isSampled = decomposition.method === 'sampled'
  const box = element('div', { class: 'fw-waterfall', 'aria-hidden': true })
  const kinds = [...new Set(waterfallBars(explanation, measure).map(({ kind }) => kind))]
  const key = kinds.map((kind) => {
    const square = svgElement('svg', { width: 16, height: 16, 'aria-hidden': true, focusable: false }, svgElement('rect', { width: 16, height: 16, fill: WATERFALL_COLOURS[kind] }))
    return element('li', {}, square, words.key[kind])
  })
  const table = dataTable({
    caption: words.caption(title),
    headings: [...words.headings, ...(isSampled ? [words.error] : []), words.alone],
    rows: explanationRows(explanation, gapUnit(measure), isSampled),
  })
  const root = element(
    'div',
    {},
    element('h4', { class: 'fw-panel-title' }, title),
    element('p', { class: 'fw-sentence' }, waterfallSentence(decomposition, explanation, measure)),
    element('ul', { class: 'fw-key' }, ...key),
    box,
    element('details', { class: 'nhsuk-details fw-details' }, summary(text.figure.table(title)), table),
  )
  return { root, box, explanation }
}

function precisionText({ decomposition, sample }: GapExplanation): string {
  const { runs, replications, coalitions, method, leftOut, withoutGradient } = decomposition
  const pathways = sample >= 1 ? text.run.everyPathway : text.run.onePathwayIn(Math.round(1 / sample))
  const names = withoutGradient.map((id) => MECHANISM_TITLES[id].toLowerCase())
  return [
    words.precision(pathways, replications, runs.toLocaleString('en-GB'), coalitions),
    ...(sample < 1 ? [words.sampled] : []),
    method === 'exact' ? words.allOrders : words.someOrders,
    ...(leftOut > 0 ? [words.leftOut(leftOut)] : []),
    ...(names.length > 0 ? [words.without(names.join(', '))] : []),
  ].join(' ')
}

/** What the command line can say beyond it. */
function commandPart() {
  const hint = element('p', { class: 'fw-hint' })
  const command = element('pre', { class: 'fw-command', tabindex: 0 })
  return {
    root: element('div', {}, hint, command),
    show({ opened }: ScreenState, shown: Shown | null): void {
      hint.textContent = opened === null ? words.more : words.opened
      const isOwn = opened === null && shown !== null
      command.textContent = isOwn ? words.command(shown.chosen.id, shown.reader.results.dates[shown.date]) : words.openedCommand
    },
  }
}
