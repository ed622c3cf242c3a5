/** Who the money of each programme is spent on. */
import { moneyRows } from '../results/money.ts'
import { spendCaption } from './captions.ts'
import { spendPanel } from './chart-specs.ts'
import { chartSvg } from './chart-svg.ts'
import { figureMarkup, type Figure, type Panel } from './figure.ts'
import { dataTable, type Markup } from './html.ts'
import { POUNDS } from './numbers.ts'
import type { Reader } from './reader.ts'

/** The section's parts; none where no scenario spends money. */
export async function spendSection(reader: Reader): Promise<Markup[]> {
  const figure = await spendFigure(reader)
  return figure === null ? [] : [figureMarkup(figure)]
}

async function spendFigure(reader: Reader): Promise<Figure | null> {
  const money = moneyRows(reader.results)
  const programmes = new Map<string, { title: string; place: number; pence: Map<string, number> }>()
  for (const { scenario, programme, group, spentPence } of money) {
    const id = JSON.stringify([scenario, programme])
    const place = reader.scenarios.findIndex((each) => each.id === scenario)
    const title = `${reader.scenarios[place]?.title ?? scenario}: ${programme}`
    const entry = programmes.get(id) ?? { title, place, pence: new Map<string, number>() }
    entry.pence.set(group, (entry.pence.get(group) ?? 0) + spentPence)
    programmes.set(id, entry)
  }
  if (programmes.size === 0) return null
  const most = Math.max(1, ...[...programmes.values()].flatMap(({ pence }) => [...pence.values()])) / 100
  const panels: Panel[] = []
  for (const { title, place, pence } of programmes.values()) {
    const bars = reader.groups.map((group) => ({
      group,
      pounds: (pence.get(group) ?? 0) / 100,
      label: POUNDS.value((pence.get(group) ?? 0) / 100),
    }))
    panels.push({ title, scenario: place, svg: await chartSvg(spendPanel(bars, most)) })
  }
  const rows = [...programmes.values()].map(({ title, pence }) => [
    title,
    ...reader.groups.map((group) => exactPounds(pence.get(group) ?? 0)),
    exactPounds([...pence.values()].reduce((sum, each) => sum + each, 0)),
  ])
  return {
    id: 'spend',
    title: 'Who the money is spent on',
    caption: spendCaption(reader),
    key: [],
    panels,
    table: dataTable(
      'Spend over the whole period',
      ['Scenario and programme', ...reader.groups.map((group) => `Group ${group}`), 'All groups'],
      rows,
    ),
  }
}

function exactPounds(pence: number): string {
  return `£${new Intl.NumberFormat('en-GB', { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(pence / 100)}`
}
