/** The guide to levers, `docs/levers.md`, from the levers and the assumption registry: `npm run docs` writes it. */
import { LEVER } from '../src/investment/levers/index.ts'
import { assumptionEntry, type AssumptionEntry } from '../src/scenario/assumptions.ts'
import { allParameterNames } from '../src/scenario/lever-parameters.ts'
import { LEVERS, type LeverId } from '../src/scenario/study.ts'
import { capitalised, plain, span, table } from './document-words.ts'

const START = '<!-- made from the registry by `npm run docs` from here on; edit the registry instead -->'

/** The guide: its own words, then the tables made from the registry. */
export function leversDocument(current: string): string {
  const words = current.slice(0, current.indexOf(START))
  return `${words}${START}\n\n${overview()}\n\n${LEVERS.map(section).join('\n\n')}\n`
}

function overview(): string {
  const rows = LEVERS.map((id) => {
    const { buys, kind, actsOn } = LEVER[id]
    const [lag, halfLife] = ['lagWeeks', 'decayHalfLifeWeeks'].map((name) => String(entryOf(id, name).value))
    return [`\`${id}\``, buys, id === 'custom' ? 'what its acts name' : actsOn.join(', '), kind, lag, halfLife]
  })
  return `## All levers\n\n${table(['lever', 'buys', 'acts on', 'money', 'lag, weeks', 'half-life, weeks'], rows)}`
}

function section(id: LeverId): string {
  const rows = allParameterNames(id).map((name) => row(name, entryOf(id, name)))
  const head = ['parameter', 'default', 'allowed', 'interval', 'source', 'confidence']
  return [`## ${id}`, `${capitalised(LEVER[id].buys)}.`, table(head, rows)].join('\n\n')
}

function row(name: string, { label, value, unit, range, interval, source, confidence, note }: AssumptionEntry): string[] {
  const shownLabel = label.startsWith('Cost') ? label : label.charAt(0).toLowerCase() + label.slice(1)
  const spanned = interval === undefined ? '' : span(interval)
  return [`\`${name}\`: ${shownLabel}`, `${plain(Number(value))} ${unit}`, span(range), spanned, `${source}. ${note}`, confidence]
}

const entryOf = (id: LeverId, name: string): AssumptionEntry => assumptionEntry(`lever.${id}.${name}`)
