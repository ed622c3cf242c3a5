/** The sentence under each figure's heading, built from its numbers. */
import { moneyRows } from '../results/money.ts'
import type { ScenarioSummary } from '../results/types.ts'
import { changeWithInterval, COUNT, dateText, POINTS, POUNDS, SHARE, valueText, type Scale } from './numbers.ts'
import type { Reader } from './reader.ts'
import { favouringSign, GAP_18_WEEKS, gapVerdict, largestClearChange } from './verdicts.ts'

/** Who waits, at the start and under the reference at the end. */
export function listCaption(reader: Reader): string {
  const { groups, last, reference } = reader
  const share = (date: number): string => {
    const all = reader.at(reference, 'waiting', 'all', date).mean
    return valueText(all > 0 ? reader.at(reference, 'waiting', groups[0], date).mean / all : Number.NaN, SHARE)
  }
  const end = valueText(reader.at(reference, 'waiting', groups[0], last).mean, COUNT)
  return `The most deprived group holds ${share(0)} of the list at the start; under ${reference.title} it holds ${share(last)} at the end, ${end} pathways.`
}

/** How the ends of the scale stand under the reference. */
export function shareCaption(reader: Reader): string {
  const { groups, last, reference } = reader
  const of = (group: string, date: number): string =>
    valueText(reader.at(reference, 'within-18-weeks', group, date).mean, SHARE)
  const [most, least] = [groups[0], groups[groups.length - 1]]
  return `Under ${reference.title}, ${of(most, last)} of the most deprived group and ${of(least, last)} of the least deprived have waited less than 18 weeks at the end (${of(most, 0)} and ${of(least, 0)} at the start). The axis does not begin at nought.`
}

/** What the index is, where it stands, and which scenarios change it beyond chance. */
export function gapCaption(reader: Reader, measure: string, scale: Scale): string {
  const { last, reference } = reader
  const behind = favouringSign(reader, measure) === 1 ? 'below' : 'above'
  const mean = valueText(reader.at(reference, measure, 'gap', last).mean, scale)
  const meaning = `The slope index: a straight line through all groups, its most deprived end minus its least deprived end; ${behind} nought, the most deprived are worse off. Under ${reference.title} it is ${mean} at the end.`
  if (reader.others.length === 0) return meaning
  const verdicts = reader.others.map((scenario) => ({
    title: scenario.title,
    verdict: gapVerdict(reader, scenario, measure),
  }))
  const named = (['narrows', 'widens', 'reverses'] as const).flatMap((verdict) => {
    const titles = verdicts.filter((each) => each.verdict === verdict).map(({ title }) => title)
    return titles.length === 0 ? [] : [`${listText(titles)} ${VERBS[verdict][titles.length === 1 ? 0 : 1]} it`]
  })
  const unclear = verdicts.filter(({ verdict }) => verdict === 'no clear difference').map(({ title }) => title)
  const rest =
    unclear.length === 0 ? [] : [`${listText(unclear)} ${unclear.length === 1 ? 'makes' : 'make'} no clear difference`]
  return `${meaning} At the end, ${[...named, ...rest].join('; ')}.`
}

const VERBS = {
  narrows: ['narrows', 'narrow'],
  widens: ['widens', 'widen'],
  reverses: ['reverses', 'reverse'],
} as const

/** Which scenario shortens waits most and which favours the most deprived most. */
export function planeCaption(reader: Reader): string {
  const efficient = largestClearChange(reader, 'within-18-weeks', 'all', 1)
  const fair = largestClearChange(reader, GAP_18_WEEKS, 'gap', favouringSign(reader, GAP_18_WEEKS))
  const date = dateText(reader.results.catalogue.dates[reader.last])
  const first =
    efficient === null
      ? 'No scenario clearly raises the share within 18 weeks'
      : `${efficient.title} raises the share within 18 weeks most, by ${changeOf(reader, efficient, 'within-18-weeks', 'all', SHARE)}`
  const second =
    fair === null
      ? 'none clearly moves the gap towards the most deprived'
      : `${fair.title} moves the gap furthest towards the most deprived, by ${changeOf(reader, fair, GAP_18_WEEKS, 'gap', POINTS)}`
  return `Change from ${reader.reference.title} on ${date}. ${first}; ${second}.`
}

/** What is spent in all, and how much of it on the most deprived group. */
export function spendCaption(reader: Reader): string {
  const money = moneyRows(reader.results)
  const parts = reader.scenarios.flatMap(({ id, title }) => {
    const own = money.filter(({ scenario }) => scenario === id)
    const spent = own.reduce((pence, row) => pence + row.spentPence, 0)
    const onMostDeprived = own
      .filter(({ group }) => group === reader.groups[0])
      .reduce((pence, row) => pence + row.spentPence, 0)
    return spent === 0
      ? []
      : [
          `${title} ${POUNDS.value(spent / 100)}, of which ${SHARE.value(onMostDeprived / spent)} on the most deprived group`,
        ]
  })
  return `Spend over the whole period, attributed to the group it is for: ${parts.length === 0 ? 'none' : parts.join('; ')}.`
}

function changeOf(reader: Reader, scenario: ScenarioSummary, measure: string, group: string, scale: Scale): string {
  return changeWithInterval(reader.at(scenario, measure, group, reader.last), scale)
}

function listText(items: readonly string[]): string {
  return new Intl.ListFormat('en-GB', { type: 'conjunction' }).format(items)
}
