/** The sentence under each figure's heading, built from its numbers. */
import { moneyRows } from '../results/money.ts'
import { changeWithInterval, COUNT, POINTS, POUNDS, SHARE, valueText, type Scale } from './numbers.ts'
import type { Moment, Reader } from './reader.ts'
import {
  alikeText,
  favouringSign,
  gapVerdict,
  largestClearChange,
  titled,
  titledList,
  type LargestChange,
} from './verdicts.ts'
import { VISIBLE_GAP } from '../measures/headline-measures.ts'

/** Who waits, at the start and under the reference at the end. */
export function listCaption(reader: Reader): string {
  const { groups, last, reference } = reader
  const share = (date: number): string => {
    const all = reader.at(reference, 'waiting', 'all', date).mean
    return valueText(all > 0 ? reader.at(reference, 'waiting', groups[0], date).mean / all : Number.NaN, SHARE)
  }
  const end = valueText(reader.at(reference, 'waiting', groups[0], last).mean, COUNT)
  return `The most deprived group holds ${share(0)} of the list at the start; under ${titled(reference)} it holds ${share(last)} at the end, ${end} pathways.`
}

/** How the ends of the scale stand under the reference. */
export function shareCaption(reader: Reader): string {
  const { groups, last, reference } = reader
  const of = (group: string, date: number): string =>
    valueText(reader.at(reference, 'within-18-weeks', group, date).mean, SHARE)
  const [most, least] = [groups[0], groups[groups.length - 1]]
  return `Under ${titled(reference)}, ${of(most, last)} of the most deprived group and ${of(least, last)} of the least deprived have waited less than 18 weeks at the end (${of(most, 0)} and ${of(least, 0)} at the start). The axis does not begin at nought.`
}

/** Where the index stands, and which scenarios change it beyond chance; the rest of a sentence that names the gap. */
export function gapCaption(reader: Reader, measure: string, scale: Scale): string {
  const behind = favouringSign(reader, measure) === 1 ? 'below' : 'above'
  const mean = valueText(reader.at(reader.reference, measure, 'gap', reader.last).mean, scale)
  const meaning = `${behind} nought, the most deprived are worse off; under ${titled(reader.reference)} it is ${mean} at the end.`
  if (reader.others.length === 0) return meaning
  return [meaning, ...reader.moments.map((moment) => verdictsAt(reader, measure, moment))].join(' ')
}

const VERBS = [
  ['narrows', 'narrows it', 'narrow it'],
  ['widens', 'widens it', 'widen it'],
  ['reverses', 'reverses it', 'reverse it'],
  ['no clear difference', 'makes no clear difference', 'make no clear difference'],
] as const

function verdictsAt(reader: Reader, measure: string, { date, words }: Moment): string {
  const parts = VERBS.flatMap(([verdict, one, several]) => {
    const scenarios = reader.others.filter((scenario) => gapVerdict(reader, scenario, measure, date) === verdict)
    return scenarios.length === 0 ? [] : [`${titledList(scenarios)} ${scenarios.length === 1 ? one : several}`]
  })
  return `${words[0].toUpperCase()}${words.slice(1)}, ${parts.join('; ')}.`
}

/** Which scenario shortens waits most and which favours the most deprived most, at each moment. */
export function planeCaption(reader: Reader): string {
  return reader.moments.map((moment) => planeSentence(reader, moment)).join(' ')
}

function planeSentence(reader: Reader, { date, words }: Moment): string {
  const sign = favouringSign(reader, VISIBLE_GAP)
  const efficient = largestClearChange(reader, { measure: 'within-18-weeks', group: 'all', sign: 1, date })
  const fair = largestClearChange(reader, { measure: VISIBLE_GAP, group: 'gap', sign, date })
  const first =
    efficient === null
      ? 'no scenario clearly raises the share within 18 weeks'
      : `${titled(efficient.scenario)} raises the share within 18 weeks most, by ${sizeOf(efficient, SHARE)}`
  const second =
    fair === null
      ? 'none clearly moves the gap towards the most deprived'
      : `${titled(fair.scenario)} moves the gap furthest towards the most deprived, by ${sizeOf(fair, POINTS)}`
  return `${words[0].toUpperCase()}${words.slice(1)}, ${first}; ${second}.`
}

function sizeOf(largest: LargestChange, scale: Scale): string {
  return `${changeWithInterval(largest.estimate, scale)}${alikeText(largest)}`
}

/** What is spent in all, and how much of it on the most deprived group. */
export function spendCaption(reader: Reader): string {
  const money = moneyRows(reader.results)
  const parts = reader.scenarios.flatMap((scenario) => {
    const own = money.filter((row) => row.scenario === scenario.id)
    const spent = own.reduce((pence, row) => pence + row.spentPence, 0)
    const onMostDeprived = own
      .filter(({ group }) => group === reader.groups[0])
      .reduce((pence, row) => pence + row.spentPence, 0)
    return spent === 0
      ? []
      : [
          `${titled(scenario)} ${POUNDS.value(spent / 100)}, of which ${SHARE.value(onMostDeprived / spent)} on the most deprived group`,
        ]
  })
  return `Spend over the whole period, attributed to the group it is for: ${parts.length === 0 ? 'none' : parts.join('; ')}.`
}
