/** Three findings in plain words. Each says what the numbers say, and "no clear difference" where they do not. */
import { dateText } from './dates.ts'
import { html, type Markup } from './html.ts'
import {
  changeWithInterval,
  COUNT,
  isClear,
  PER_1000,
  POINTS,
  RATE_GAP,
  SHARE,
  valueText,
  type Scale,
} from './numbers.ts'
import type { Estimate, Moment, Reader } from './reader.ts'
import {
  alikeText,
  favouringSign,
  gapVerdict,
  largestClearChange,
  titled,
  type LargestChange,
} from './verdicts.ts'
import { NEED_GAP, VISIBLE_GAP } from '../measures/headline-measures.ts'

/** The findings as list items: the list, the visible gap, the hidden gap. */
export function findings(reader: Reader): Markup[] {
  return [listFinding(reader), gapFinding(reader), needFinding(reader)].map(
    ({ headline, detail }) => html`<li><strong>${headline}</strong> ${detail}</li>`,
  )
}

interface Finding {
  readonly headline: string
  readonly detail: string
}

function listFinding(reader: Reader): Finding {
  const { reference, last } = reader
  const start = reader.at(reference, 'waiting', 'all', 0).mean
  const end = reader.at(reference, 'waiting', 'all', last).mean
  const direction = end > start * 1.005 ? 'grows' : end < start * 0.995 ? 'falls' : 'hardly changes'
  const endDate = dateText(reader.results.catalogue.dates[last])
  const headline =
    `Under ${titled(reference)} the list ${direction}: ${valueText(start, COUNT)} pathways at the start, ` +
    `${valueText(end, COUNT)} on ${endDate}.`
  if (reader.others.length === 0) return { headline, detail: '' }
  const best = largestClearChange(reader, { measure: 'waiting', group: 'all', sign: -1, date: last })
  if (best === null) return { headline, detail: 'No scenario makes the list clearly shorter than that.' }
  const share = reader.at(best.scenario, 'within-18-weeks', 'all', last)
  return {
    headline,
    detail:
      `${titled(best.scenario)} shortens it most, to ${valueText(best.estimate.mean, COUNT)}: ` +
      `${change(best.estimate, COUNT)}${alikeText(best)}. It has ${valueText(share.mean, SHARE)} within 18 weeks: ` +
      `${change(share, SHARE)}.`,
  }
}

function gapFinding(reader: Reader): Finding {
  const own = reader.at(reader.reference, VISIBLE_GAP, 'gap', reader.last)
  const likely = own.mean < 0 ? 'less likely' : 'at least as likely'
  const headline =
    `On the list itself, the most deprived are ${likely} to be within 18 weeks: a gap of ` +
    `${valueText(own.mean, POINTS)} under ${titled(reader.reference)}.`
  return { headline, detail: gapChanges(reader, VISIBLE_GAP, POINTS) }
}

function needFinding(reader: Reader): Finding {
  const { groups, last, reference } = reader
  const rate = (group: string): number => reader.at(reference, 'unmet-need-per-1000', group, last).mean
  const [most, least] = [rate(groups[0]), rate(groups[groups.length - 1])]
  const headline =
    `Need that never reaches the list is ${most > least ? 'higher' : 'no higher'} among the most deprived: ` +
    `${valueText(most, PER_1000)} per 1,000 residents against ${valueText(least, PER_1000)} among the least.`
  return { headline, detail: gapChanges(reader, NEED_GAP, RATE_GAP) }
}

/** What scenarios do to a gap at each moment. */
function gapChanges(reader: Reader, measure: string, scale: Scale): string {
  if (reader.others.length === 0) return ''
  return reader.moments.map((moment) => changesAt(reader, measure, scale, moment)).join(' ')
}

/** Which scenario moves a gap most towards the most deprived, and which against them. */
function changesAt(reader: Reader, measure: string, scale: Scale, { date, words }: Moment): string {
  const sign = favouringSign(reader, measure)
  const better = largestClearChange(reader, { measure, group: 'gap', sign, date })
  const worse = largestClearChange(reader, { measure, group: 'gap', sign: sign === 1 ? -1 : 1, date })
  const opening = words[0].toUpperCase() + words.slice(1)
  if (better === null && worse === null) return `${opening}, no scenario makes a clear difference to it.`
  const say = (largest: LargestChange | null, direction: string): string[] => {
    if (largest === null) return []
    const { scenario, estimate } = largest
    const past = gapVerdict(reader, scenario, measure, date) === 'reverses' ? ' and past equality' : ''
    const size = `${change(estimate, scale)}${alikeText(largest)}`
    return [`${titled(scenario)} moves it furthest ${direction}${past}, to ${valueText(estimate.mean, scale)}: ${size}`]
  }
  const sentences = [...say(better, 'in favour of the most deprived'), ...say(worse, 'against them')]
  return `${opening}, ${sentences.join('; ')}.`
}

function change(estimate: Estimate, scale: Scale): string {
  const size = `${changeWithInterval(estimate, scale)} against the reference`
  return isClear(estimate) ? size : `no clear difference, ${size}`
}
