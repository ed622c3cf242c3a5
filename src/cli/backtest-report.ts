/** A backtest as a page of Markdown with charts, and as a table for the terminal. */
import type { TopLevelSpec } from 'vega-lite'
import { ALL_SPECIALTIES } from '../baseline/series/types.ts'
import { coverageOf, summarise, type BacktestSummary } from '../experiment/backtest/summarise.ts'
import { HORIZONS, type BacktestMethod, type BacktestMode, type BacktestRow } from '../experiment/backtest/types.ts'

/** A backtest's report. */
export interface BacktestReport {
  readonly markdown: string
  /** A few lines for a terminal. */
  readonly terminal: string
  /** Charts that the Markdown shows, drawn when asked for. */
  readonly charts: () => Promise<{ readonly name: string; readonly svg: string }[]>
}

const MODE_TEXT: Readonly<Record<BacktestMode, string>> = {
  'given-flows': 'clock starts and stops given',
  'given-removals': 'unreported removals given too',
  forecast: 'nothing given',
}

const METHOD_TEXT: Readonly<Record<BacktestMethod, string>> = {
  fairwait: 'Fairwait',
  'held-level': 'Fairwait, level held',
  'first-come-first-served': 'first come, first served',
  'random-order': 'random order',
  'last-value': 'last value',
  'last-year': "last year's change",
  trend: 'straight trend',
}

/** Makes the report. */
export function backtestReport(rows: readonly BacktestRow[]): BacktestReport {
  const together = rows.filter(({ specialty }) => specialty === ALL_SPECIALTIES)
  const single = rows.filter(({ specialty }) => specialty !== ALL_SPECIALTIES)
  const areas = [...new Set(rows.map(({ area }) => area))]
  const origins = [...new Set(rows.map(({ origin }) => origin))]
  const sections = [
    `Areas: ${areas.length > 3 ? `${areas.length}` : areas.join(', ')}. Last months known: ${origins[0]}${origins.length > 1 ? ` to ${origins[origins.length - 1]} (${origins.length})` : ''}.`,
    'Fits, flows and intervals use what was known at the last month; errors are means of their size over areas and last months.',
    '## All treatment functions together',
    summaryTable(summarise(together)),
    coverageText(together),
    ...(single.length === 0 ? [] : ['## By treatment function', 'Means of the size of errors over treatment functions, each counted once.', summaryTable(summarise(single)), coverageText(single), specialtyTable(single)]),
    ...chartsOf(rows).map(({ name, title }) => `![${title}](${name})`),
  ]
  return {
    markdown: `# Backtest\n\n${sections.filter((text) => text !== '').join('\n\n')}\n`,
    terminal: terminalTable(summarise(together)),
    charts: async () => {
      const { chartSvg } = await import('../report/chart-svg.ts')
      return Promise.all(chartsOf(rows).map(async ({ name, spec }) => ({ name, svg: await chartSvg(spec) })))
    },
  }
}

function summaryTable(summaries: readonly BacktestSummary[]): string {
  const head = ['told', 'method', 'months ahead', 'projections', 'list, %', 'within 18 weeks, points', 'over 52 weeks, points', 'distance by week band', 'mean error of list, %']
  return markdownTable(
    head,
    summaries.map((each) => [
      MODE_TEXT[each.mode],
      METHOD_TEXT[each.method],
      String(each.monthsAhead),
      String(each.projections),
      each.size.list.toFixed(2),
      each.size.within18.toFixed(2),
      each.size.over52.toFixed(2),
      each.distance === null ? '–' : each.distance.toFixed(4),
      each.bias.list.toFixed(2),
    ]),
  )
}

function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

function coverageText(rows: readonly BacktestRow[]): string {
  const at80 = coverageOf(rows, 'level80')
  const at95 = coverageOf(rows, 'level95')
  if (at80 === null || at95 === null) return ''
  const percent = (share: number): string => `${(100 * share).toFixed(0)}%`
  const byMeasure = summarise(rows)
    .filter(({ coverage95 }) => coverage95 !== null)
    .map(({ monthsAhead, projections, coverage80, coverage95 }) =>
      [String(monthsAhead), String(projections), ...[coverage80, coverage95].flatMap((held) => (held === null ? [] : [held.list, held.within18, held.over52].map(percent)))],
    )
  const head = ['months ahead', 'projections', '80%: list', 'within 18', 'over 52', '95%: list', 'within 18', 'over 52']
  return `Intervals of the forecast held ${percent(at80)} (80%) and ${percent(at95)} (95%) of what was published.\n\n${markdownTable(head, byMeasure)}`
}

/** Fairwait, given the flows, by treatment function at the furthest months ahead. */
function specialtyTable(rows: readonly BacktestRow[]): string {
  const own = rows.filter(({ method, mode }) => method === 'fairwait' && mode === 'given-flows')
  const codes = [...new Set(own.map(({ specialty }) => specialty))]
  const lines = codes.flatMap((code) =>
    summarise(own.filter(({ specialty }) => specialty === code))
      .filter(({ monthsAhead }) => monthsAhead === HORIZONS[0] || monthsAhead === HORIZONS[HORIZONS.length - 1])
      .map((each) => [code, String(each.monthsAhead), String(each.projections), each.bias.list.toFixed(2), each.bias.within18.toFixed(2), each.bias.over52.toFixed(2), (each.distance ?? 0).toFixed(4)]),
  )
  return `Clock starts and stops given; mean errors with their sign.\n\n${markdownTable(['treatment function', 'months ahead', 'projections', 'list, %', 'within 18 weeks, points', 'over 52 weeks, points', 'distance'], lines)}`
}

function terminalTable(summaries: readonly BacktestSummary[]): string {
  const lines = summaries.map((each) =>
    [
      `${MODE_TEXT[each.mode]}, ${METHOD_TEXT[each.method]}`.padEnd(56),
      String(each.monthsAhead).padStart(6),
      each.size.list.toFixed(2).padStart(7),
      each.size.within18.toFixed(2).padStart(7),
      each.size.over52.toFixed(2).padStart(7),
      (each.distance === null ? '–' : each.distance.toFixed(4)).padStart(8),
    ].join(' '),
  )
  const head = `${'mean size of error'.padEnd(56)} months  list %   <18 w   >52 w distance`
  return `${[head, ...lines].join('\n')}\n`
}

interface Chart {
  readonly name: string
  readonly title: string
  readonly spec: TopLevelSpec
}

const WIDTH = 640
const HEIGHT = 240
/** Names in full, pixels. */
const LEGEND = { labelLimit: 240 } as const

function chartsOf(rows: readonly BacktestRow[]): Chart[] {
  const charts: Chart[] = []
  // The held level lies on the drifting one but for its last tenth: tables tell them apart, lines would hide each other.
  const drawn = rows.filter(({ method }) => method !== 'held-level')
  const distances = summarise(drawn.filter(({ specialty, mode }) => specialty === ALL_SPECIALTIES && mode === 'given-flows'))
  if (distances.length > 0) charts.push({ name: 'distance.svg', title: 'Distance of the projected list from the published one, by months ahead', spec: distanceChart(distances) })
  const furthest = drawn.findLast(({ bands, mode, method }) => bands !== null && mode === 'given-flows' && method === 'fairwait')
  if (furthest !== undefined) {
    const same = drawn.filter(({ bands, mode, area, origin, month }) => bands !== null && mode === 'given-flows' && area === furthest.area && origin === furthest.origin && month === furthest.month)
    charts.push({ name: 'bands.svg', title: `${furthest.area}, ${furthest.month}, projected from ${furthest.origin}: the list by weeks waited`, spec: bandsChart(same) })
  }
  const single = drawn.filter(({ specialty, mode, method }) => specialty !== ALL_SPECIALTIES && mode === 'given-flows' && method === 'fairwait')
  if (single.length > 0) charts.push({ name: 'specialties.svg', title: 'Within 18 weeks by treatment function: published and projected', spec: specialtyChart(single) })
  return charts
}

function distanceChart(summaries: readonly BacktestSummary[]): TopLevelSpec {
  return {
    width: WIDTH,
    height: HEIGHT,
    data: { values: summaries.map(({ method, monthsAhead, distance }) => ({ method: METHOD_TEXT[method], monthsAhead, distance })) },
    mark: { type: 'line', point: true },
    encoding: {
      x: { field: 'monthsAhead', type: 'quantitative', title: 'months ahead' },
      y: { field: 'distance', type: 'quantitative', title: 'distance by week band' },
      color: { field: 'method', type: 'nominal', title: null, legend: LEGEND },
    },
  }
}

function bandsChart(rows: readonly BacktestRow[]): TopLevelSpec {
  const [{ bands }] = rows
  const published = bands === null ? [] : Array.from(bands.published, (people, week) => ({ line: 'published', week, people }))
  const projected = rows.flatMap(({ bands: own, method }) => (own === null ? [] : Array.from(own.projected, (people, week) => ({ line: METHOD_TEXT[method], week, people }))))
  return {
    width: WIDTH,
    height: HEIGHT,
    data: { values: [...published, ...projected].filter(({ week }) => week <= 70) },
    mark: { type: 'line', strokeWidth: 1.5 },
    encoding: {
      x: { field: 'week', type: 'quantitative', title: 'weeks waited' },
      y: { field: 'people', type: 'quantitative', title: 'people' },
      color: { field: 'line', type: 'nominal', title: null, legend: LEGEND },
    },
  }
}

function specialtyChart(rows: readonly BacktestRow[]): TopLevelSpec {
  const values = rows.flatMap(({ specialty, monthsAhead, projected, published }) => [
    { specialty, monthsAhead, line: 'published', share: published.within18 },
    { specialty, monthsAhead, line: 'Fairwait', share: projected.within18 },
  ])
  return {
    data: { values },
    facet: { field: 'specialty', type: 'nominal', title: null },
    columns: 6,
    spec: {
      width: 90,
      height: 80,
      mark: { type: 'line', point: { size: 12 } },
      encoding: {
        x: { field: 'monthsAhead', type: 'quantitative', title: null, axis: { values: [1, 6, 11] } },
        y: { field: 'share', aggregate: 'mean', type: 'quantitative', title: null, scale: { zero: false } },
        color: { field: 'line', type: 'nominal', title: null, legend: { orient: 'top' } },
      },
    },
    resolve: { scale: { y: 'independent' } },
  }
}
