/**
 * One Vega view in the page. It is made once for a specification and then only given rows, limits of its axis and a
 * width: that is fast enough to follow a slider, where making it anew is not. Expressions are interpreted, not compiled,
 * so that a page whose policy forbids generated code can draw.
 */
import type { Changeset, View } from 'vega'
import type { TopLevelSpec } from 'vega-lite'
import { CHART_CONFIG } from '../../report/chart-style.ts'
import { turn } from './task-queue.ts'

/** Rows of the data set of this name can be replaced. */
const ROWS = 'rows'
/** Signals of the value axis's ends. */
const LOW = 'axisLow'
const HIGH = 'axisHigh'

/** A chart in the page. */
export interface ChartView extends SavableView {
  /** Draws other rows on an axis of these ends. */
  update(rows: readonly object[], domain: readonly [number, number]): Promise<void>
  resize(width: number): Promise<void>
}

/** A specification whose axis ends are signals, so that they can move, and whose layers all draw the rows. */
export function withMovingAxis(spec: TopLevelSpec, domain: readonly [number, number]): TopLevelSpec {
  const { layer, ...moving } = replaceDomain(spec, domain) as Record<string, unknown>
  return {
    ...moving,
    layer: Array.isArray(layer) ? layer.filter((each: object) => !('data' in each)) : layer,
    padding: 5,
    params: [
      { name: LOW, value: domain[0] },
      { name: HIGH, value: domain[1] },
    ],
    data: { name: ROWS, values: [] },
  } as unknown as TopLevelSpec
}

function replaceDomain(value: unknown, domain: readonly [number, number]): unknown {
  if (Array.isArray(value)) return value.map((each: unknown) => replaceDomain(each, domain))
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value)
  const isAxis = entries.some(([key, each]) => key === 'domain' && Array.isArray(each) && each[0] === domain[0] && each[1] === domain[1])
  return Object.fromEntries(
    entries.flatMap(([key, each]) => {
      // The report puts titles at a fixed place beside numbers of a known width; here numbers grow and shrink.
      if (key === 'titleX') return []
      if (isAxis && key === 'domain') return [['domainMin', { expr: LOW }], ['domainMax', { expr: HIGH }]]
      return [[key, replaceDomain(each, domain)]]
    }),
  )
}

/** Loads the drawing libraries, one a turn: together they would hold up the page. */
async function libraries() {
  const vega = await import('vega')
  await turn()
  const { compile } = await import('vega-lite')
  await turn()
  const { expressionInterpreter } = await import('vega-interpreter')
  return { vega, compile, expressionInterpreter }
}

/** A picture in the page that can be saved. */
export interface SavableView {
  svg(): Promise<string>
  close(): void
}

/** Draws a specification into a box, a turn for each step. */
async function mount(box: HTMLElement, spec: TopLevelSpec) {
  const { vega, compile, expressionInterpreter } = await libraries()
  await turn()
  const compiled = compile({ ...spec, config: CHART_CONFIG })
  await turn()
  const runtime = vega.parse(compiled.spec, undefined, { ast: true })
  await turn()
  const view: View = new vega.View(runtime, { renderer: 'svg', expr: expressionInterpreter, logLevel: vega.Error, container: box })
  await view.runAsync()
  return { view, changeset: vega.changeset }
}

function savable(view: View, box: HTMLElement): SavableView {
  return {
    svg: () => view.toSVG(),
    close() {
      view.finalize()
      box.replaceChildren()
    },
  }
}

/** Draws a specification that does not change. */
export async function createStillView(box: HTMLElement, spec: TopLevelSpec): Promise<SavableView> {
  const { view } = await mount(box, spec)
  return savable(view, box)
}

/**
 * Draws a chart whose rows, axis and width can change.
 * @param width outer width, pixels
 */
export async function createChartView(box: HTMLElement, spec: TopLevelSpec, width: number, height: number): Promise<ChartView> {
  const sized = { ...spec, width, height, autosize: { type: 'fit', contains: 'padding' } } as TopLevelSpec
  const { view, changeset } = await mount(box, sized)
  let held: Row[] = []
  return {
    ...savable(view, box),
    async update(rows, [low, high]) {
      view.signal(LOW, low).signal(HIGH, high)
      const changes = changeset()
      if (rows.length === held.length) held.forEach((row, index) => modify(changes, row, rows[index]))
      else {
        held = rows.map((row) => ({ ...row }))
        changes.remove(() => true).insert(held)
      }
      view.change(ROWS, changes)
      await view.runAsync()
    },
    async resize(next) {
      if (Math.abs(view.width() - next) >= 1) await view.width(next).runAsync()
    },
  }
}

type Row = Record<string, unknown>

/** Vega never forgets the number of a row that it has seen, so that rows are changed and not replaced. */
function modify(changes: Changeset, row: Row, next: object): void {
  for (const [field, value] of Object.entries(next)) if (row[field] !== value) changes.modify(row, field, value)
}
