/** Colours and type of every chart, on the page and on the screen. Nothing here loads a chart library. */

/** The page's colours; each carries a dash, a label or a panel of its own beside it. */
export const COLOURS = {
  blue: '#12436D',
  teal: '#28A197',
  plum: '#801650',
  orange: '#F46A25',
  grey: '#6B7780',
} as const

/** Text in charts. */
export const TEXT_COLOUR = '#212B32'
/** Rules at nought, and what joins two marks. */
export const RULE_COLOUR = '#768692'

/** Vega-Lite's `config` for every chart. */
export const CHART_CONFIG = {
  aria: false,
  background: 'transparent',
  font: 'Arial, Helvetica, sans-serif',
  view: { stroke: null },
  axis: {
    labelFontSize: 13,
    titleFontSize: 13,
    titleFontWeight: 'normal',
    labelColor: TEXT_COLOUR,
    titleColor: TEXT_COLOUR,
    gridColor: '#E4E9EB',
    domainColor: RULE_COLOUR,
    tickColor: RULE_COLOUR,
    titlePadding: 8,
  },
} as const
