/** What `fairwait gradients` prints and writes. */
import type { AreaFit, FittedUnknown, GapPoints, HeldLean, Ranged } from '../baseline/gradients/fit-area.ts'
import { MECHANISM_WORDS, TABLE } from './gradients-messages.ts'

/** Fits and what they were made from. */
export interface GradientFits {
  readonly areas: readonly AreaFit[]
  /** England's fit, or the system's, with cancellation among the unknowns. */
  readonly ifCancelled: AreaFit
  /** Packs used, in the order of the areas. */
  readonly packs: readonly { readonly system: string; readonly months: readonly string[]; readonly sha256: string }[]
}

/** Significant digits written: the fifth is noise. */
const DIGITS = 4

/** The fits as one JSON object. */
export function gradientsJson(fits: GradientFits): string {
  const round = (_: string, value: unknown): unknown => (typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(DIGITS)) : value)
  return `${JSON.stringify({ format: 'fairwait-gradients', version: 1, ...fits }, round)}\n`
}

/** The fits as text of at most 80 columns. */
export function gradientsText({ areas, ifCancelled }: GradientFits): string {
  const lines = [...areas.flatMap((area) => [...areaLines(area), '']), ...TABLE.ifCancelled, '', ...unknownLines(ifCancelled), '', ...partLines(ifCancelled)]
  return `${lines.join('\n')}\n`
}

function areaLines(area: AreaFit): string[] {
  const lean = (label: string, { published, sd, fitted }: HeldLean): string => leanRow([label, `${published.toFixed(3)} ± ${(1.96 * sd).toFixed(3)}`, fitted.toFixed(3)])
  return [
    TABLE.heading(area.area),
    '',
    heads(leanRow, TABLE.anchors),
    lean(TABLE.over18(area.over18.own), area.over18),
    lean(TABLE.over52, area.over52),
    '',
    ...unknownLines(area),
    '',
    ...partLines(area),
  ]
}

const row = (cells: readonly string[], widths: readonly number[]): string => `  ${cells.map((cell, index) => cell.padEnd(widths[index])).join('')}`.trimEnd()
const leanRow = (cells: readonly string[]): string => row(cells, [47, 16, 9])
const unknownRow = (cells: readonly string[]): string => row(cells, [18, 21, 21, 6, 9])
const partRow = (cells: readonly string[]): string => row(cells, [34, 22, 20])
/** Heads stand two columns to the left of what they are of, where that is the first column. */
const heads = (layOut: (cells: readonly string[]) => string, [first, ...rest]: readonly string[]): string => layOut([first, ...rest]).replace(`  ${first}`, `${first}  `)

function unknownLines({ unknowns }: AreaFit): string[] {
  const cells = ({ id, prior, fitted, spreadLeft, takenOn, value }: FittedUnknown): string[] => [id, ranged(prior), ranged(fitted), spreadLeft.toFixed(2), takenOn ? signed(value, 3) : TABLE.published]
  return [heads(unknownRow, TABLE.unknowns), ...unknowns.map((unknown) => unknownRow(cells(unknown))), ...TABLE.unknownsNote]
}

function partLines({ parts, remainder, gap, yearly }: AreaFit): string[] {
  const pointsOf = ({ within18, over52 }: GapPoints): [string, string] => [ranged(within18), ranged(over52)]
  return [
    heads(partRow, TABLE.parts),
    ...parts.map((part) => partRow([MECHANISM_WORDS[part.mechanism], ...pointsOf(part)])),
    partRow([TABLE.remainder, signed(remainder.within18), signed(remainder.over52)]),
    partRow([TABLE.total, ...pointsOf(gap)]),
    TABLE.yearly(yearly.map(({ within18 }) => signed(within18))),
    ...TABLE.partsNote,
  ]
}

function ranged({ middle, lower, upper }: Ranged): string {
  return lower === upper ? signed(middle) : `${signed(middle)} (${signed(lower)}, ${signed(upper)})`
}

/** A number with a true minus, and no sign of nought. */
function signed(value: number, decimals = 2): string {
  const text = Math.abs(value).toFixed(decimals)
  return value < 0 && Number(text) !== 0 ? `−${text}` : text
}
