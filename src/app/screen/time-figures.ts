/** Pictures through time: the list and its waits, the gaps, and the groups. */
import type { LineStyle } from '../../report/chart-specs.ts'
import { dateText } from '../../report/dates.ts'
import { changeWithInterval, COUNT, estimateText, SHARE, type Scale } from '../../report/numbers.ts'
import { text } from '../messages.ts'
import { groupRows, groupStyles, SCENARIO_STYLES, scenarioRows, valueAxis, type LinePlan } from './chart-series.ts'
import { element } from './dom.ts'
import { createFigure, type KeyEntry, type TableData } from './figure.ts'
import type { Picture } from './figures.ts'
import { createLineCharts, type LinePanel } from './line-figure.ts'
import type { Shown } from './results-part.ts'
import { savePicture } from './saving.ts'
import { figureSentence, groupsSentence } from './sentences.ts'
import type { Session } from './session.ts'
import { figureOf, type ShownFigure } from './shown.ts'
import { NEED_GAP, VISIBLE_GAP } from '../../measures/headline-measures.ts'

const HEIGHT = 250
const SMALL_HEIGHT = 190

interface Panel {
  readonly figure: ShownFigure
  readonly plan: LinePlan
  readonly title: string
}

const LIST: readonly Panel[] = [
  {
    figure: figureOf('list'),
    title: text.panels.list,
    plan: { measure: 'waiting', factor: 1, axisTitle: text.axes.pathways, format: ',.0f', showsZero: true },
  },
  {
    figure: figureOf('within-18-weeks'),
    title: text.panels.within18,
    plan: { measure: 'within-18-weeks', factor: 100, axisTitle: text.axes.perCent, format: '.0f', showsZero: false },
  },
]

const GAPS: readonly Panel[] = [
  {
    figure: figureOf('visible-gap'),
    title: text.panels.visibleGap,
    plan: { measure: VISIBLE_GAP, factor: 100, axisTitle: text.axes.points, format: '+.1~f', showsZero: true },
  },
  {
    figure: figureOf('need-gap'),
    title: text.panels.needGap,
    plan: { measure: NEED_GAP, factor: 1, axisTitle: text.axes.per1000, format: '+.1~f', showsZero: true },
  },
]

/** The list, and the share within 18 weeks. */
export function listFigure(session: Session): Picture {
  return scenarioFigure(session, 'list', text.figureTitles.list, LIST)
}

/** Both gaps, side by side: one alone misleads. */
export function gapFigure(session: Session): Picture {
  return scenarioFigure(session, 'gaps', text.figureTitles.gaps, GAPS)
}

/** Panels of one line a scenario, with bands. */
function scenarioFigure(session: Session, id: string, title: string, panels: readonly Panel[]): Picture {
  const figure = createFigure({ id, title, save: (kind) => savePicture(session, id, figure, charts.views(), kind) })
  const charts = createLineCharts(figure.panels, HEIGHT)
  return {
    id,
    root: figure.root,
    async draw(shown) {
      const { reader, compared, chosen, date } = shown
      figure.setSentence(panels.map((panel) => figureSentence(reader, chosen, panel.figure, date)).join(' '))
      figure.setKey(scenarioKey(shown))
      figure.setTable(scenarioTable(shown, title, panels))
      const styles = Object.fromEntries(compared.map((scenario, index) => [scenario.id, SCENARIO_STYLES[index]]))
      await charts.show(
        panels.map(({ plan, title: panelTitle, figure: { group } }): LinePanel => {
          const rows = scenarioRows(reader, compared, plan, group)
          return { id: plan.measure, title: panelTitle, rows, styles, axis: valueAxis(plan, rows) }
        }),
      )
    },
  }
}

/** Which line is which scenario. */
function scenarioKey({ reader, compared }: Shown): KeyEntry[] {
  return [
    ...compared.map(({ id, title }, index): KeyEntry => ({
      label: id === reader.reference.id ? text.key.reference(title) : title,
      style: SCENARIO_STYLES[index],
    })),
    { label: text.key.band, isBand: true },
  ]
}

function scenarioTable({ reader, compared }: Shown, title: string, panels: readonly Panel[]): TableData {
  const rows = compared.flatMap((scenario) =>
    reader.reporting.map((date) => [
      scenario.title,
      dateText(reader.results.dates[date]),
      ...panels.flatMap(({ figure }) => {
        const estimate = reader.at(scenario.id, figure.measure, figure.group, date)
        const change = scenario.id === reader.reference.id ? text.table.reference : changeWithInterval(estimate, figure.scale)
        return [estimateText(estimate, figure.scale), change]
      }),
    ]),
  )
  const headings = panels.flatMap(({ figure }) => [`${figure.label}, ${figure.unit}`, text.table.change])
  return { caption: text.table.caption(title), headings: [text.table.scenario, text.table.date, ...headings], rows }
}

interface GroupMeasure {
  readonly plan: LinePlan
  readonly scale: Scale
  readonly label: string
}

const GROUP_MEASURES: readonly GroupMeasure[] = [
  {
    label: text.groupMeasures.within18,
    scale: SHARE,
    plan: { measure: 'within-18-weeks', factor: 100, axisTitle: text.axes.perCent, format: '.0f', showsZero: false },
  },
  {
    label: text.groupMeasures.list,
    scale: COUNT,
    plan: { measure: 'waiting', factor: 1, axisTitle: text.axes.pathways, format: ',.0f', showsZero: true },
  },
  {
    label: text.groupMeasures.over52,
    scale: SHARE,
    plan: { measure: 'over-52-weeks', factor: 100, axisTitle: text.axes.perCent, format: '.1~f', showsZero: true },
  },
]

/** Small multiples: a panel a scenario, a line a group, one axis for all. */
export function groupsFigure(session: Session): Picture {
  const id = 'groups'
  const title = text.figureTitles.groups
  const select = element('select', { id: 'group-measure', class: 'nhsuk-select' }, ...GROUP_MEASURES.map(({ label }, index) => element('option', { value: index }, label)))
  const controls = element('div', { class: 'fw-when' }, element('label', { for: 'group-measure', class: 'fw-label' }, text.groupMeasures.label), select)
  const figure = createFigure({ id, title, controls, save: (kind) => savePicture(session, id, figure, charts.views(), kind) })
  figure.panels.classList.add('fw-panels-small')
  const charts = createLineCharts(figure.panels, SMALL_HEIGHT)
  let last: Shown | null = null
  async function draw(shown: Shown): Promise<void> {
    last = shown
    const measure = GROUP_MEASURES[Number(select.value)]
    const { reader, compared, chosen, date } = shown
    const styles = groupStyles(reader.groups.map((group) => group.id))
    figure.setSentence(groupsSentence(reader, chosen, { ...measure, measure: measure.plan.measure }, date))
    figure.setKey(groupKey(reader.groups, styles))
    figure.setTable(groupTable(shown, measure))
    const rows = compared.map((scenario) => groupRows(reader, scenario, measure.plan))
    const axis = valueAxis(measure.plan, rows.flat())
    await charts.show(compared.map((scenario, index): LinePanel => ({ id: scenario.id, title: scenario.title, rows: rows[index], styles, axis })))
  }
  select.addEventListener('change', () => {
    if (last !== null) void draw(last)
  })
  return { id, root: figure.root, draw }
}

function groupKey(groups: readonly { readonly id: string; readonly label: string }[], styles: Readonly<Record<string, LineStyle>>): KeyEntry[] {
  const last = groups.length - 1
  return groups.flatMap(({ id, label }, index) => {
    if (index === 0 || index === last) return [{ label, style: styles[id] }]
    return index === 1 ? [{ label: text.key.between, style: styles[id] }] : []
  })
}

function groupTable({ reader, compared }: Shown, { plan, scale, label }: GroupMeasure): TableData {
  const rows = compared.flatMap((scenario) =>
    reader.reporting.map((date) => [
      scenario.title,
      dateText(reader.results.dates[date]),
      ...reader.groups.map(({ id }) => estimateText(reader.at(scenario.id, plan.measure, id, date), scale)),
    ]),
  )
  return { caption: text.table.caption(label), headings: [text.table.scenario, text.table.date, ...reader.groups.map((group) => group.label)], rows }
}
