/** Efficiency against equity: one point a scenario. Drawn anew only when the numbers have settled. */
import { changeWithInterval, POINTS, RATE_GAP, SHARE } from '../../report/numbers.ts'
import { equityPlane, type PlanePoint, type PlaneReach } from '../../report/plane-spec.ts'
import { text } from '../messages.ts'
import { createFigure, type TableData } from './figure.ts'
import type { Picture } from './figures.ts'
import { createStillView, type SavableView } from './chart-view.ts'
import type { Shown } from './results-part.ts'
import { savePicture } from './saving.ts'
import { planeSentence } from './sentences.ts'
import type { Session } from './session.ts'
import { figureOf } from './shown.ts'
import { NEED_GAP, VISIBLE_GAP } from '../../measures/headline-measures.ts'

/** Room between the farthest interval and the edge of the plane. */
const ROOM = 1.25
/** Least reach, points, where no scenario changes anything. */
const LEAST_REACH = 0.01

/** The figure. */
export function planeFigure(session: Session): Picture {
  const id = 'plane'
  const title = text.figureTitles.plane
  const figure = createFigure({
    id,
    title,
    save: (kind) => savePicture(session, id, figure, view === null ? [] : [{ title, view }], kind),
  })
  figure.panels.classList.add('fw-panels-one')
  let view: SavableView | null = null
  let signature = ''
  return {
    id,
    root: figure.root,
    async draw(shown) {
      const others = shown.compared.filter((scenario) => scenario.id !== shown.reader.reference.id)
      figure.setSentence(planeSentence(shown.reader, shown.compared, figureOf('within-18-weeks'), figureOf('visible-gap'), shown.date))
      figure.setKey(others.map((scenario, index) => ({ label: scenario.title, letter: letterOf(index) })))
      figure.setTable(planeTable(shown))
      const points = planePoints(shown)
      const next = JSON.stringify(points)
      if (next === signature) return
      signature = next
      view?.close()
      view = null
      if (points.length > 0) view = await createStillView(figure.panels, equityPlane(points, reachOf(points), text.plane))
    },
  }
}

const letterOf = (index: number): string => String.fromCharCode(65 + index)

function planePoints({ reader, compared, date }: Shown): PlanePoint[] {
  return compared
    .filter(({ id }) => id !== reader.reference.id)
    .map(({ id }, index) => {
      const share = reader.at(id, 'within-18-weeks', 'all', date)
      const gap = reader.at(id, VISIBLE_GAP, 'gap', date)
      const limit = (value: number, bound: number): number => (Number.isFinite(bound) ? bound : value) * 100
      return {
        label: letterOf(index),
        x: share.difference * 100,
        xLower: limit(share.difference, share.differenceLower),
        xUpper: limit(share.difference, share.differenceUpper),
        y: gap.difference * 100,
        yLower: limit(gap.difference, gap.differenceLower),
        yUpper: limit(gap.difference, gap.differenceUpper),
      }
    })
    .filter(({ x, y }) => Number.isFinite(x) && Number.isFinite(y))
}

function reachOf(points: readonly PlanePoint[]): PlaneReach {
  const farthest = (values: readonly number[]): number => Math.max(LEAST_REACH, ...values.map(Math.abs)) * ROOM
  return {
    x: farthest(points.flatMap(({ xLower, xUpper }) => [xLower, xUpper])),
    y: farthest(points.flatMap(({ yLower, yUpper }) => [yLower, yUpper])),
  }
}

function planeTable({ reader, compared, date }: Shown): TableData {
  const others = compared.filter(({ id }) => id !== reader.reference.id)
  return {
    caption: text.table.caption(text.figureTitles.plane),
    headings: [text.table.scenario, text.figures.within18, text.figures.visibleGap, `${text.figures.needGap}, ${text.units.per1000}`],
    rows: others.map(({ id, title }, index) => [
      `${letterOf(index)} ${title}`,
      changeWithInterval(reader.at(id, 'within-18-weeks', 'all', date), SHARE),
      changeWithInterval(reader.at(id, VISIBLE_GAP, 'gap', date), POINTS),
      changeWithInterval(reader.at(id, NEED_GAP, 'gap', date), RATE_GAP),
    ]),
  }
}
