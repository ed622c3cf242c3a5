/** The section that sets scenarios side by side: in a table, in sentences, by group through time, and on a plane. */
import { listCaption, shareCaption } from './captions.ts'
import { figureMarkup } from './figure.ts'
import { comparisonSentences, headlineTables } from './headline.ts'
import { html, type Markup } from './html.ts'
import { byGroupFigure, SHARE_WITHIN_18 } from './line-figures.ts'
import { mechanismTable } from './mechanism-table.ts'
import { COUNT } from './numbers.ts'
import { planeFigure } from './plane-figure.ts'
import type { Reader } from './reader.ts'

/** The section's parts. */
export async function scenarioSection(reader: Reader): Promise<Markup[]> {
  const list = await byGroupFigure(reader, {
    id: 'list',
    title: 'The waiting list by deprivation',
    caption: listCaption(reader),
    measure: 'waiting',
    dimension: reader.deprivation,
    scale: COUNT,
    factor: 1,
    axisTitle: 'Pathways',
    format: ',.0f',
    shows: 0,
    digits: 0,
    after: '',
  })
  const share = await byGroupFigure(reader, {
    id: 'within-18-weeks',
    title: 'Share waiting within 18 weeks by deprivation',
    caption: shareCaption(reader),
    ...SHARE_WITHIN_18,
    dimension: reader.deprivation,
  })
  const compared = reader.others.length > 0
  return [
    ...headlineTables(reader),
    ...(compared ? [html`<h3 class="after">In a sentence each</h3>`, comparisonSentences(reader), figureMarkup(await planeFigure(reader))] : []),
    figureMarkup(list),
    figureMarkup(share),
    ...mechanismTable(reader),
  ]
}
