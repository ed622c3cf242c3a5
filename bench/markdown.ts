/** What the pages of the benchmark are made of. */
import { benchMessages } from './messages.ts'
import type { Circumstances, Measured } from './record.ts'

/** Busy processes before a measurement from which its page says so. */
const BUSY = 0.5
const BUSY_NOTE =
  ' **The machine was busy**: caches and memory were shared with other work, so that times are longer and ratios ' +
  'less certain than on an idle machine; of threads nothing follows.'

/** A part's table and what it was measured on; that it was not, where it was not. */
export function section<T>(found: Measured<T> | undefined, tableOf: (part: T) => string): string {
  return found === undefined ? 'Not measured yet.' : `${tableOf(found)}\n\n${under(found.circumstances)}`
}

/**
 * The page with what stands between the markers of a part made anew.
 * @throws Error where the page has no place for it
 */
export function filled(path: string, page: string, part: string, text: string): string {
  const opening = `<!-- bench:${part} -->`
  const closing = `<!-- /bench:${part} -->`
  const from = page.indexOf(opening)
  const to = page.indexOf(closing)
  if (from < 0 || to < from) throw new Error(benchMessages.noMarkers(path, opening))
  return `${page.slice(0, from + opening.length)}\n${text}\n${page.slice(to)}`
}

function under(c: Circumstances): string {
  const tools = [`Node ${c.node}`, c.gcc, c.simpy === null ? null : `SimPy ${c.simpy}`].filter((tool) => tool !== null)
  return `Measured ${c.date} at commit ${c.commit} on ${c.processors} × ${c.processor} (${c.architecture}), ` +
    `${c.memoryGigabytes} GB; ${tools.join('; ')}; load before ${c.loadBefore.toFixed(2)}.${c.loadBefore > BUSY ? BUSY_NOTE : ''}`
}

/** A table in Markdown. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

/** Whether an aim is met. */
export function verdict(met: boolean, aim: string): string {
  return `${met ? 'met' : '**missed**'} (${aim})`
}

/** A whole number with separators. */
export function whole(value: number): string {
  return Math.round(value).toLocaleString('en-GB')
}

/** A share as a percentage. */
export function percent(share: number): string {
  return `${(share * 100).toFixed(1)}%`
}
