/** From results to the rows of line charts. Everything here is plain data. */
import type { LineStyle, ValueAxis } from '../../report/chart-specs.ts'
import { COLOURS } from '../../report/chart-style.ts'
import type { ScreenReader, ShownScenario } from './screen-reader.ts'

/** One row of a line chart: a point of a line, with its band where it has one. */
export interface LineRow {
  /** Milliseconds since 1970, UTC. */
  readonly date: number
  readonly value: number
  readonly lower: number | null
  readonly upper: number | null
  readonly line: string
}

/** What a line chart shows. */
export interface LinePlan {
  readonly measure: string
  /** From the measure's unit to the axis's. */
  readonly factor: number
  readonly axisTitle: string
  /** d3 number format. */
  readonly format: string
  readonly showsZero: boolean
}

/** How the compared scenarios are drawn: colour, dash and width, so that colour is never alone. */
export const SCENARIO_STYLES: readonly LineStyle[] = [
  { colour: COLOURS.blue, dash: [6, 3], width: 2.5 },
  { colour: COLOURS.teal, dash: [1, 0], width: 3 },
  { colour: COLOURS.plum, dash: [10, 4], width: 2.5 },
  { colour: COLOURS.orange, dash: [3, 3], width: 3 },
]

const MIDDLE: LineStyle = { colour: COLOURS.grey, dash: [1, 0], width: 1 }

/** How deprivation groups are drawn: the ends stand out. */
export function groupStyles(groups: readonly string[]): Record<string, LineStyle> {
  return Object.fromEntries(
    groups.map((group, index) => {
      if (index === 0) return [group, { colour: COLOURS.blue, dash: [1, 0], width: 3 }]
      return [group, index === groups.length - 1 ? { colour: COLOURS.orange, dash: [8, 4], width: 3 } : MIDDLE]
    }),
  )
}

/** Lines of one group, one a scenario. */
export function scenarioRows(reader: ScreenReader, shown: readonly ShownScenario[], plan: LinePlan, group: string): LineRow[] {
  return shown.flatMap(({ id }) => lineRows(reader, id, plan, group, id, true))
}

/** Lines of one scenario, one a group; no bands, which would hide each other. */
export function groupRows(reader: ScreenReader, scenario: ShownScenario, plan: LinePlan): LineRow[] {
  return reader.groups.flatMap(({ id }) => lineRows(reader, scenario.id, plan, id, id, false))
}

function lineRows(reader: ScreenReader, scenario: string, plan: LinePlan, group: string, line: string, hasBand: boolean): LineRow[] {
  return reader.charted.flatMap((index) => {
    const { mean, lower, upper } = reader.at(scenario, plan.measure, group, index)
    if (!Number.isFinite(mean)) return []
    const limit = (value: number): number | null => (hasBand && Number.isFinite(value) ? value * plan.factor : null)
    return [
      {
        date: Date.parse(reader.results.dates[index]),
        value: mean * plan.factor,
        lower: limit(lower),
        upper: limit(upper),
        line,
      },
    ]
  })
}

/** One axis for every panel of a figure, with a little room; it shows nought where the plan says so. */
export function valueAxis(plan: LinePlan, rows: readonly LineRow[]): ValueAxis {
  let low = plan.showsZero ? 0 : Number.POSITIVE_INFINITY
  let high = plan.showsZero ? 0 : Number.NEGATIVE_INFINITY
  for (const { value, lower, upper } of rows) {
    low = Math.min(low, lower ?? value)
    high = Math.max(high, upper ?? value)
  }
  const { axisTitle: title, format } = plan
  if (!(high > low)) return { title, format, domain: Number.isFinite(low) ? [low - 1, low + 1] : [0, 1] }
  const room = (high - low) * 0.08
  return { title, format, domain: [low === 0 ? 0 : low - room, high === 0 ? 0 : high + room] }
}
