/**
 * Writes `docs/levers.md` from the levers and the assumption registry: `node scripts/levers-document.ts`. A test holds
 * the file against {@link leversDocument}, so that it cannot drift.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { LEVER } from '../src/investment/levers/index.ts'
import { assumptionEntry, type AssumptionEntry } from '../src/scenario/assumptions.ts'
import { allParameterNames } from '../src/scenario/lever-parameters.ts'
import { LEVERS, type LeverId } from '../src/scenario/study.ts'

const DOCUMENT = new URL('../docs/levers.md', import.meta.url)
const START = '<!-- made by scripts/levers-document.ts from here on; edit the registry instead -->'

/** The guide: its own words, then the tables made from the registry. */
export function leversDocument(current: string): string {
  const words = current.slice(0, current.indexOf(START))
  return `${words}${START}\n\n${overview()}\n\n${LEVERS.map(section).join('\n\n')}\n`
}

function overview(): string {
  const rows = LEVERS.map((id) => {
    const { buys, kind, actsOn } = LEVER[id]
    const [lag, halfLife] = ['lagWeeks', 'decayHalfLifeWeeks'].map((name) => Number(entryOf(id, name).value))
    return `| \`${id}\` | ${buys} | ${id === 'custom' ? 'what its acts name' : actsOn.join(', ')} | ${kind} | ${lag} | ${halfLife} |`
  })
  return ['## All levers', '', '| lever | buys | acts on | money | lag, weeks | half-life, weeks |', '|---|---|---|---|---|---|', ...rows].join('\n')
}

function section(id: LeverId): string {
  const rows = allParameterNames(id).map((name) => row(name, entryOf(id, name)))
  return [`## ${id}`, '', `${capitalised(LEVER[id].buys)}.`, '', '| parameter | default | allowed | interval | source | confidence |', '|---|---|---|---|---|---|', ...rows].join('\n')
}

function row(name: string, { label, value, unit, range, interval, source, confidence, note }: AssumptionEntry): string {
  const spanned = interval === undefined ? '' : span(interval)
  return `| \`${name}\`: ${label.toLowerCase().startsWith('cost') ? label : lowered(label)} | ${plain(Number(value))} ${unit} | ${span(range)} | ${spanned} | ${source}. ${note} | ${confidence} |`
}

const entryOf = (id: LeverId, name: string): AssumptionEntry => assumptionEntry(`lever.${id}.${name}`)
const plain = (value: number): string => value.toLocaleString('en-GB', { maximumFractionDigits: 6 })
const span = ([low, high]: readonly [number, number]): string => `${plain(low)} to ${plain(high)}`
const capitalised = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1)
const lowered = (words: string): string => words.charAt(0).toLowerCase() + words.slice(1)

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(DOCUMENT, leversDocument(readFileSync(DOCUMENT, 'utf8')))
