/** Figures made of line charts: one view a panel, kept while only numbers change. */
import { dateLabels, linePanel, type DateLabels, type LineStyle, type ValueAxis } from '../../report/chart-specs.ts'
import { element } from './dom.ts'
import { createChartView, withMovingAxis, type ChartView } from './chart-view.ts'
import type { LineRow } from './chart-series.ts'

/** What one panel shows. */
export interface LinePanel {
  /** Stays the same while the panel is about the same thing. */
  readonly id: string
  readonly title: string
  readonly rows: readonly LineRow[]
  readonly styles: Readonly<Record<string, LineStyle>>
  readonly axis: ValueAxis
}

/** Panels of line charts in a box. */
export interface LineCharts {
  show(panels: readonly LinePanel[]): Promise<void>
  /** The views with their titles, for saving. */
  views(): readonly { readonly title: string; readonly view: ChartView }[]
  close(): void
}

interface Drawn {
  readonly box: HTMLElement
  readonly heading: HTMLElement
  readonly signature: string
  readonly view: ChartView
}

/** @param height of each panel, pixels */
export function createLineCharts(parent: HTMLElement, height: number): LineCharts {
  const drawn = new Map<string, Drawn>()
  const sizes = new ResizeObserver((entries) => {
    for (const { target, contentRect } of entries) {
      const found = [...drawn.values()].find(({ box }) => box === target)
      if (found !== undefined && contentRect.width > 0) void found.view.resize(contentRect.width)
    }
  })
  return {
    async show(panels) {
      const wanted = new Set(panels.map(({ id }) => id))
      for (const [id, each] of drawn) if (!wanted.has(id)) remove(id, each)
      for (const panel of panels) await showPanel(panel)
    },
    views: () => [...drawn.values()].map(({ heading, view }) => ({ title: heading.textContent ?? '', view })),
    close() {
      sizes.disconnect()
      for (const [id, each] of drawn) remove(id, each)
    },
  }

  async function showPanel(panel: LinePanel): Promise<void> {
    const signature = JSON.stringify([panel.styles, panel.axis.title, panel.axis.format, labelsOf(panel)])
    let found = drawn.get(panel.id)
    if (found !== undefined && found.signature !== signature) {
      remove(panel.id, found)
      found = undefined
    }
    if (found === undefined) {
      found = await draw(panel, signature)
      drawn.set(panel.id, found)
      sizes.observe(found.box)
    }
    found.heading.textContent = panel.title
    await found.view.update(panel.rows, panel.axis.domain)
  }

  async function draw(panel: LinePanel, signature: string): Promise<Drawn> {
    const heading = element('h4', { class: 'fw-panel-title' }, panel.title)
    const box = element('div', { class: 'fw-chart' })
    parent.append(element('div', { class: 'fw-panel' }, heading, box))
    const spec = withMovingAxis(linePanel([], panel.styles, panel.axis, labelsOf(panel)), panel.axis.domain)
    const view = await createChartView(box, spec, Math.max(180, box.clientWidth), height)
    return { box, heading, signature, view }
  }

  function remove(id: string, { box, view }: Drawn): void {
    sizes.unobserve(box)
    view.close()
    box.parentElement?.remove()
    drawn.delete(id)
  }
}

function labelsOf({ rows }: LinePanel): DateLabels {
  return dateLabels(rows.map(({ date }) => date))
}
