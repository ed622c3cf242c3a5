/** What is read in tables: money by financial year, parameters that differ, health and its distribution. */
import { changeText, POUNDS, QALYS, valueText } from '../../report/numbers.ts'
import { poundsText } from '../../results/money.ts'
import { text } from '../messages.ts'
import { differences } from './differences.ts'
import { element, fill } from './dom.ts'
import { dataTable, type TableData } from './figure.ts'
import type { Picture } from './figures.ts'
import type { Shown } from './results-part.ts'

interface Section {
  readonly root: HTMLElement
  readonly sentence: HTMLElement
  readonly body: HTMLElement
}

function section(id: string, title: string): Section {
  const sentence = element('p', { class: 'fw-sentence' })
  const body = element('div', {})
  const heading = element('h3', { id: `title-${id}`, class: 'fw-figure-title' }, title)
  return { root: element('section', { class: 'fw-figure', id: `figure-${id}`, 'aria-labelledby': `title-${id}` }, heading, sentence, body), sentence, body }
}

/** Money by financial year: spent, and what was not. */
export function moneyFigure(): Picture {
  const { root, sentence, body } = section('money', text.figureTitles.money)
  return {
    id: 'money',
    root,
    draw(shown) {
      const table = moneyTable(shown)
      sentence.textContent = table.rows.length === 0 ? text.money.none : text.money.sentence
      fill(body, table.rows.length === 0 ? null : dataTable(table))
    },
  }
}

interface Line {
  readonly scenario: string
  readonly programme: string
  readonly spent: Map<string, number>
  budget: number
  unspent: number
}

function moneyTable({ reader, compared }: Shown): TableData {
  const { money } = reader.results
  const years = [...new Set(money.map(({ financialYear }) => financialYear))].toSorted()
  const lines = new Map<string, Line>()
  for (const { scenario, programme, financialYear, spentPence, budgetPence, unspentPence } of money) {
    const key = JSON.stringify([scenario, programme])
    const line = lines.get(key) ?? { scenario, programme, spent: new Map<string, number>(), budget: 0, unspent: 0 }
    line.spent.set(financialYear, (line.spent.get(financialYear) ?? 0) + spentPence)
    line.budget += budgetPence
    line.unspent += unspentPence
    lines.set(key, line)
  }
  const shown = compared.flatMap(({ id, title }) => [...lines.values()].filter(({ scenario }) => scenario === id).map((line) => ({ line, title })))
  const rows = shown.map(({ line, title }) => [
    `${title}: ${line.programme}`,
    ...years.map((year) => `£${withCommas(line.spent.get(year) ?? 0)}`),
    `£${withCommas([...line.spent.values()].reduce((sum, pence) => sum + pence, 0))}`,
    `£${withCommas(line.unspent)}`,
    `£${withCommas(line.budget)}`,
  ])
  return { caption: text.money.caption, headings: [text.money.programme, ...years, ...text.money.totals], rows }
}

/** Whole pence as pounds, to the penny, with commas. */
function withCommas(pence: number): string {
  const [pounds, rest] = poundsText(pence).split('.')
  return `${pounds.replaceAll(/\B(?=(\d{3})+$)/g, ',')}.${rest}`
}

/** The parameters in which the compared scenarios differ. */
export function differencesFigure(): Picture {
  const { root, sentence, body } = section('differences', text.figureTitles.differences)
  return {
    id: 'differences',
    root,
    draw({ state, compared }) {
      if (state.file === null || state.opened !== null) {
        sentence.textContent = text.differences.opened
        fill(body)
        return
      }
      const found = differences(state.file, compared.map(({ id }) => id))
      sentence.textContent = found.length === 0 ? text.differences.none : text.differences.sentence
      const rows = found.map(({ path, values }) => [path, ...values.map((value) => value ?? '–')])
      fill(body, found.length === 0 ? null : dataTable({ caption: text.differences.caption, headings: [text.differences.parameter, ...compared.map(({ title }) => title)], rows }))
    },
  }
}

/** Health gained and for whom, where everything has run. */
export function equityFigure(): Picture {
  const { root, sentence, body } = section('health', text.figureTitles.health)
  return {
    id: 'health',
    root,
    draw({ reader, compared }) {
      const { equity } = reader.results
      root.hidden = equity === null
      if (equity === null) return
      const rows = equity.scenarios
        .filter(({ id }) => compared.some((scenario) => scenario.id === id))
        .map(({ id, healthGain, totalNetHealth, spend, gap, quadrants }) => [
          compared.find((scenario) => scenario.id === id)?.title ?? id,
          range(changeText(healthGain.mean, QALYS), changeText(healthGain.rangeLower, QALYS), changeText(healthGain.rangeUpper, QALYS)),
          range(changeText(totalNetHealth.mean, QALYS), changeText(totalNetHealth.rangeLower, QALYS), changeText(totalNetHealth.rangeUpper, QALYS)),
          valueText(spend.mean, POUNDS),
          `${gap.mean.toFixed(2).replace('-', '−')} (${gap.rangeLower.toFixed(2).replace('-', '−')} to ${gap.rangeUpper.toFixed(2).replace('-', '−')})`,
          `${Math.round(quadrants.moreHealthFairer * 100)}%`,
        ])
      sentence.textContent = text.health.sentence
      fill(body, dataTable({ caption: text.health.caption, headings: text.health.headings, rows }))
    },
  }
}

const range = (mean: string, lower: string, upper: string): string => `${mean} (${lower} to ${upper})`
