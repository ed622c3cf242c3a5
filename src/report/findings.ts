/** Three findings in plain words. Each says what the numbers say, and "no clear difference" where they do not. */
import { html, type Markup } from './html.ts'
import {
  changeWithInterval,
  COUNT,
  dateText,
  isClear,
  PER_1000,
  POINTS,
  RATE_GAP,
  SHARE,
  valueText,
  type Scale,
} from './numbers.ts'
import type { Estimate, Reader } from './reader.ts'
import { favouringSign, GAP_18_WEEKS, GAP_UNMET_NEED, largestClearChange } from './verdicts.ts'

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
  const headline = `Under ${reference.title} the list ${direction}: ${valueText(start, COUNT)} pathways at the start, ${valueText(end, COUNT)} on ${endDate(reader)}.`
  if (reader.others.length === 0) return { headline, detail: '' }
  const best = largestClearChange(reader, 'waiting', 'all', -1)
  if (best === null) return { headline, detail: 'No scenario makes the list clearly shorter than that.' }
  const list = reader.at(best, 'waiting', 'all', last)
  const share = reader.at(best, 'within-18-weeks', 'all', last)
  return {
    headline,
    detail: `${best.title} shortens it most, to ${valueText(list.mean, COUNT)}: ${change(list, COUNT)}. It has ${valueText(share.mean, SHARE)} within 18 weeks: ${change(share, SHARE)}.`,
  }
}

function gapFinding(reader: Reader): Finding {
  const own = reader.at(reader.reference, GAP_18_WEEKS, 'gap', reader.last)
  const who =
    own.mean < 0
      ? 'the most deprived are less likely to be within 18 weeks'
      : 'the most deprived are at least as likely to be within 18 weeks'
  const headline = `On the list itself, ${who}: a gap of ${valueText(own.mean, POINTS)} under ${reader.reference.title}.`
  return { headline, detail: changesOf(reader, GAP_18_WEEKS, POINTS) }
}

function needFinding(reader: Reader): Finding {
  const { groups, last, reference } = reader
  const rate = (group: string): number => reader.at(reference, 'unmet-need-per-1000', group, last).mean
  const [most, least] = [rate(groups[0]), rate(groups[groups.length - 1])]
  const headline = `Need that never reaches the list is ${most > least ? 'higher' : 'no higher'} among the most deprived: ${valueText(most, PER_1000)} per 1,000 residents against ${valueText(least, PER_1000)} among the least.`
  return { headline, detail: changesOf(reader, GAP_UNMET_NEED, RATE_GAP) }
}

/** Which scenario moves a gap most towards the most deprived, and which against them. */
function changesOf(reader: Reader, measure: string, scale: Scale): string {
  if (reader.others.length === 0) return ''
  const sign = favouringSign(reader, measure)
  const better = largestClearChange(reader, measure, 'gap', sign)
  const worse = largestClearChange(reader, measure, 'gap', sign === 1 ? -1 : 1)
  if (better === null && worse === null) return 'No scenario makes a clear difference to it.'
  const say = (scenario: typeof better, direction: string): string[] => {
    if (scenario === null) return []
    const estimate = reader.at(scenario, measure, 'gap', reader.last)
    return [
      `${scenario.title} moves it furthest ${direction}, to ${valueText(estimate.mean, scale)}: ${change(estimate, scale)}.`,
    ]
  }
  const unclear = reader.others.filter((scenario) => !isClear(reader.at(scenario, measure, 'gap', reader.last))).length
  const rest =
    unclear === 0
      ? []
      : [
          `${unclear} of the ${reader.others.length} other scenarios ${unclear === 1 ? 'makes' : 'make'} no clear difference.`,
        ]
  return [...say(better, 'in favour of the most deprived'), ...say(worse, 'against them'), ...rest].join(' ')
}

function change(estimate: Estimate, scale: Scale): string {
  const size = `${changeWithInterval(estimate, scale)} against the reference`
  return isClear(estimate) ? size : `no clear difference, ${size}`
}

function endDate(reader: Reader): string {
  return dateText(reader.results.catalogue.dates[reader.last])
}
