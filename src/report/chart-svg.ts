/** Vega-Lite charts as SVG text, drawn without a browser. The libraries are heavy and load only here. */
import type { TopLevelSpec } from 'vega-lite'

/** The page's colours; each carries a dash, a label or a panel of its own beside it. */
export const COLOURS = {
  blue: '#12436D',
  teal: '#28A197',
  plum: '#801650',
  orange: '#F46A25',
  grey: '#6B7780',
} as const

const TEXT = '#212B32'
const FONT = 'Arial, Helvetica, sans-serif'

const CONFIG = {
  aria: false,
  background: 'transparent',
  font: FONT,
  view: { stroke: null },
  axis: {
    labelFontSize: 13,
    titleFontSize: 13,
    titleFontWeight: 'normal',
    labelColor: TEXT,
    titleColor: TEXT,
    gridColor: '#E4E9EB',
    domainColor: '#768692',
    tickColor: '#768692',
    titlePadding: 8,
  },
} as const

/** Draws one chart. The expression interpreter stands in for generated code. */
export async function chartSvg(spec: TopLevelSpec): Promise<string> {
  const [{ compile }, vega, { expressionInterpreter }] = await Promise.all([
    import('vega-lite'),
    import('vega'),
    import('vega-interpreter'),
  ])
  const compiled = compile({ ...spec, config: CONFIG })
  const view = new vega.View(vega.parse(compiled.spec, undefined, { ast: true }), {
    renderer: 'none',
    expr: expressionInterpreter,
    logLevel: vega.Error,
  })
  const svg = await view.toSVG()
  view.finalize()
  return silent(svg)
}

/** The page's caption and table speak for the picture, which is hidden from screen readers. */
function silent(svg: string): string {
  return svg.replace('<svg', '<svg aria-hidden="true" focusable="false"')
}
