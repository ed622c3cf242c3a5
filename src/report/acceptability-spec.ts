/** How often a scenario is preferred, by aversion to inequality, as Vega-Lite: one small panel a scenario. */
import type { TopLevelSpec } from 'vega-lite'
import type { Acceptability } from '../measures/distribution/equity-types.ts'
import { ATKINSON_EPSILON } from '../measures/indices/aversion.ts'
import type { LineStyle } from './chart-specs.ts'
import { COLOURS } from './chart-style.ts'

/** The two lines of a panel. */
export const ACCEPTABILITY_STYLES = {
  best: { colour: COLOURS.blue, dash: [1, 0], width: 3 },
  better: { colour: COLOURS.plum, dash: [5, 3], width: 2 },
} as const satisfies Record<string, LineStyle>

/** Shares of samples against ε, with a mark at the aversion found in England. */
export function acceptabilityPanel(curve: readonly Acceptability[]): TopLevelSpec {
  const x = { field: 'epsilon', type: 'quantitative', axis: { title: 'Aversion ε', tickCount: 5, grid: false } } as const
  const line = (field: string, style: LineStyle): object => ({
    mark: { type: 'line', color: style.colour, strokeDash: [...style.dash], strokeWidth: style.width },
    encoding: {
      x,
      y: {
        field,
        type: 'quantitative',
        scale: { domain: [0, 1] },
        axis: { title: 'Share of samples', format: '.0%', tickCount: 5 },
      },
    },
  })
  return {
    width: 260,
    height: 170,
    data: { values: curve.map((point) => ({ ...point })) },
    layer: [
      {
        data: { values: [{ epsilon: ATKINSON_EPSILON }] },
        mark: { type: 'rule', color: COLOURS.grey, strokeDash: [2, 3] },
        encoding: { x },
      },
      line('againstReference', ACCEPTABILITY_STYLES.better),
      line('probability', ACCEPTABILITY_STYLES.best),
    ],
  } as TopLevelSpec
}
