/**
 * Tables of `docs/gradients.md`, from the fits that ship (`src/baseline/gradients/fitted.json`). `npm run docs` writes them;
 * a test holds the page against them.
 */
import type { AreaFit, GapPoints, Ranged } from '../src/baseline/gradients/fit-area.ts'
import { PUBLISHED } from '../src/baseline/gradients/published.ts'
import fitted from '../src/baseline/gradients/fitted.json' with { type: 'json' }
import { MECHANISM_WORDS } from '../src/cli/gradients-messages.ts'
import type { GradientFits } from '../src/cli/gradients-output.ts'
import { table, withBlock } from './document-words.ts'

const FITS = fitted as unknown as GradientFits

/** The page with its tables. */
export function gradientsDocument(current: string): string {
  const [england, ...regions] = FITS.areas
  const blocks = { england: ofEngland(england), regions: ofRegions(regions), cancelled: ifCancelled(FITS.ifCancelled), study: studyOf(england) }
  return Object.entries(blocks).reduce((page, [name, block]) => withBlock(page, name, block), current)
}

function ofEngland(area: AreaFit): string {
  const unknowns = area.unknowns.map(({ id, prior, fitted: after, spreadLeft, takenOn, value }) => [
    `\`${id}\``,
    ranged(prior),
    ranged(after),
    spreadLeft.toFixed(2),
    takenOn ? `**${signed(value, 3)}**` : 'as before',
  ])
  const parts = area.parts.map((part) => [MECHANISM_WORDS[part.mechanism], ...points(part)])
  return [
    `The fitted lean is ${area.over18.fitted.toFixed(3)} over 18 weeks and ${area.over52.fitted.toFixed(3)} over 52. Spread left is the standard deviation after the fit over that
before: near 1 the gaps cannot tell.`,
    table(['unknown', 'before', 'after', 'spread left', 'default'], unknowns),
    'What makes the gap, quintile 1 less 5, in points, with 95% intervals:',
    table(['mechanism', 'within 18 weeks', 'over 52 weeks'], [...parts, ['interaction', signed(area.remainder.within18), signed(area.remainder.over52)], ['**the gap**', ...points(area.gap)]]),
    `It is there to stay: ${area.yearly.map(({ within18 }) => signed(within18)).join(' and ')} points within 18 weeks after one and two years.`,
  ].join('\n\n')
}

function ofRegions(regions: readonly AreaFit[]): string {
  const lean = ({ published, sd, fitted: after }: AreaFit['over52']): string => `${published.toFixed(3)} ± ${(1.96 * sd).toFixed(3)}; ${after.toFixed(3)}`
  const rows = regions.map((area) => [
    area.area,
    lean(area.over52),
    area.over18.own ? lean(area.over18) : `England's; ${area.over18.fitted.toFixed(3)}`,
    ...area.unknowns.map(({ value, takenOn }) => (takenOn ? `**${signed(value)}**` : signed(value))),
    ranged(area.gap.within18),
  ])
  return [
    'Log odds per unit of rank, published and fitted; what stands, in bold where it is not as for England; and the gap within 18 weeks in points:',
    table(['region', 'over 52 weeks', 'over 18 weeks', ...regions[0].unknowns.map(({ id }) => `\`${id}\``), 'gap'], rows),
  ].join('\n\n')
}

function ifCancelled({ parts }: AreaFit): string {
  const part = parts.find(({ mechanism }) => mechanism === 'cancellation')
  const access = parts.find(({ mechanism }) => mechanism === 'independent-sector')
  if (part === undefined || access === undefined) throw new Error('the fits hold none with cancellation')
  return `${ranged(part.within18)} points within 18 weeks, beside ${ranged(access.within18)} of access to the independent sector`
}

/** A study that draws the unknowns of the independent sector, with what ties them together. */
function studyOf({ unknowns, correlation }: AreaFit): string {
  const place = (id: string): number => {
    const found = unknowns.findIndex((unknown) => unknown.id === id)
    if (found < 0) throw new Error(`the fits hold no ${id}`)
    return found
  }
  const [first, admission, access] = ['sector-first', 'sector-admission', 'sector-access'].map(place)
  const quantiles = ({ lower, middle, upper }: Ranged): string => `{ dist: quantiles, probabilities: [0.025, 0.5, 0.975], values: [${[lower, middle, upper].map((value) => value.toFixed(3)).join(', ')}] }`
  const { middle, lower, upper } = unknowns[access].fitted
  return [
    '```yaml',
    'schemaVersion: 1',
    'name: gap-with-doubt',
    'baseline: baselines/ENG-2026-01.json',
    'time: { weeks: 104 }',
    'sample: 0.05',
    'draws: 16',
    'drawMethod: latin-hypercube',
    'replications: 1',
    'parameters:',
    `  access: { dist: normal, mean: ${middle.toFixed(3)}, sd: ${((upper - lower) / (2 * 1.96)).toFixed(3)} }`,
    `  sectorFirst: ${quantiles(unknowns[first].fitted)}`,
    `  sectorAdmission: ${quantiles(unknowns[admission].fitted)}`,
    'correlations:',
    `  - { between: [parameters.access, parameters.sectorFirst], rank: ${correlation[access][first].toFixed(2)} }`,
    `  - { between: [parameters.access, parameters.sectorAdmission], rank: ${correlation[access][admission].toFixed(2)} }`,
    'assumptions:',
    '  independentSectorShareFirst: sectorFirst',
    '  independentSectorShareAdmission: sectorAdmission',
    `  independentSectorAccess: [${PUBLISHED.independentSectorAccess.map((chance) => `"${chance} ^ access"`).join(', ')}]`,
    'scenarios:',
    '  as-it-is: {}',
    '```',
  ].join('\n')
}

const points = ({ within18, over52 }: GapPoints): [string, string] => [ranged(within18), ranged(over52)]

function ranged({ middle, lower, upper }: Ranged): string {
  return lower === upper ? signed(middle) : `${signed(middle)} (${signed(lower)} to ${signed(upper)})`
}

function signed(value: number, decimals = 2): string {
  const text = Math.abs(value).toFixed(decimals)
  return value < 0 && Number(text) !== 0 ? `−${text}` : text
}
