/** Vega-Lite charts as SVG text, drawn without a browser. The libraries are heavy and load only here. */
import type { TopLevelSpec } from 'vega-lite'
import { CHART_CONFIG } from './chart-style.ts'

/** Draws one chart. The expression interpreter stands in for generated code. */
export async function chartSvg(spec: TopLevelSpec): Promise<string> {
  const [{ compile }, vega, { expressionInterpreter }] = await Promise.all([
    import('vega-lite'),
    import('vega'),
    import('vega-interpreter'),
  ])
  const compiled = compile({ ...spec, config: CHART_CONFIG })
  const view = new vega.View(vega.parse(compiled.spec, undefined, { ast: true }), {
    renderer: 'none',
    expr: expressionInterpreter,
    logLevel: vega.Error,
  })
  const svg = await view.toSVG()
  view.finalize()
  return silent(lean(svg))
}

/** The page's caption and table speak for the picture, which is hidden from screen readers. */
function silent(svg: string): string {
  return svg.replace('<svg', '<svg aria-hidden="true" focusable="false"')
}

/** Half the size: no roles that nobody hears, no empty paths, and a tenth of a pixel where Vega writes fifteen digits. */
function lean(svg: string): string {
  return svg
    .replaceAll(/ (?:role|aria-roledescription|aria-hidden|pointer-events)="[^"]*"/g, '')
    .replaceAll(/<path class="(?:foreground|background)"[^>]*d="(?:M0,0h0v0h0Z)?"[^>]*\/>/g, '')
    .replaceAll(/ opacity="1"/g, '')
    .replaceAll(/(?<= (?:d|transform|x1|x2|y1|y2|x|y)="[^"]*)-?\d+\.\d{2,}/g, (digits) => String(Math.round(Number(digits) * 10) / 10))
}
