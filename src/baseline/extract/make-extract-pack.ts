/**
 * From an extract's counts to a baseline pack. Pure.
 *
 *     list, by specialty, weeks waited and decision       extract, rounded
 *     shares of deprivation groups, and their lean        extract, rounded, all specialties together
 *     clock starts, clock stops, removals, fitted rates   published pack of the same system
 */
import { exp, ln } from '../../model/elementary.ts'
import { BANDS, type BaselinePack, type PackFit, type PackSpecialty } from '../types.ts'
import { deprivationGroupsOf, type ExtractMap } from './map.ts'
import { extractSay } from './messages.ts'
import { roundCounts, roundTable } from './round-counts.ts'
import { RANGE_STARTS, type ExtractTally } from './tally.ts'

/** What a pack is made of besides the counts. */
export interface ExtractSource {
  readonly map: ExtractMap
  /** ISO date of the list. */
  readonly asAt: string
  /** Least count written. */
  readonly threshold: number
  /** Name of the extract's file without folders, and its checksum. */
  readonly file: string
  readonly sha256: string
  /** The published pack. */
  readonly published: BaselinePack
}

/** Beyond these shares of the published list, an extract is not the whole system's. */
const WHOLE_LIST: readonly [number, number] = [0.8, 1.25]

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0)

/**
 * Makes the pack of an extract.
 * @throws InputError where too few people wait, or flows do not go with the list and the map does not say what to do
 */
export function makeExtractPack(tally: ExtractTally, source: ExtractSource): BaselinePack {
  const { map, published, threshold } = source
  const lists = [...tally.specialties].flatMap(([code, { without, decided }]) => {
    const from = published.specialties.find((each) => each.code === code)
    return from === undefined || sum(without) + sum(decided) < threshold
      ? []
      : [{ from, without: roundCounts(without, threshold), decided: roundCounts(decided, threshold) }]
  })
  const waiting = sum(lists.flatMap(({ without, decided }) => [...without, ...decided]))
  if (waiting === 0) throw extractSay.nobody(source.file, threshold)
  checkFlows(waiting, source)
  const specialties = lists
    .toSorted((a, b) => (a.from.code < b.from.code ? -1 : 1))
    .map(({ from, without, decided }) => withList(from, without, decided, map.flows === 'in-proportion'))
  return {
    ...published,
    system: { ...published.system, name: `${published.system.name}, own extract` },
    listAsAt: source.asAt,
    specialties,
    deprivation: deprivationOf(tally, source),
    provenance: {
      ...published.provenance,
      sources: [{ title: `Extract of the waiting list at ${source.asAt}`, publisher: 'Own data, not published', file: source.file, sha256: source.sha256 }, ...published.provenance.sources],
      modelled: notes(tally, source, lists.length < tally.specialties.size),
    },
  }
}

const listOf = (specialty: PackSpecialty): number => sum(specialty.waitingWithDecision) + sum(specialty.waitingWithoutDecision)

function checkFlows(waiting: number, { map, published }: ExtractSource): void {
  const whole = sum(published.specialties.map(listOf))
  const share = waiting / whole
  if (map.flows !== undefined || (share >= WHOLE_LIST[0] && share <= WHOLE_LIST[1])) return
  throw extractSay.flowsDiffer(waiting.toLocaleString('en-GB'), whole, published.system.name)
}

/** A published specialty with the extract's list; its flows as they are, or scaled as its list is. */
function withList(from: PackSpecialty, without: readonly number[], decided: readonly number[], inProportion: boolean): PackSpecialty {
  const published = listOf(from)
  const scale = inProportion && published > 0 ? (sum(without) + sum(decided)) / published : 1
  const scaled = (counts: readonly number[]): number[] => counts.map((count) => Math.round(count * scale))
  return {
    ...from,
    waitingWithoutDecision: trimmed(without),
    waitingWithDecision: trimmed(decided),
    admittedStops: scaled(from.admittedStops),
    nonAdmittedStops: scaled(from.nonAdmittedStops),
    clockStarts: Math.round(from.clockStarts * scale),
    unknownClockStart: { waiting: 0, withDecision: 0, admitted: Math.round(from.unknownClockStart.admitted * scale), nonAdmitted: Math.round(from.unknownClockStart.nonAdmitted * scale) },
    ...(from.fitted !== undefined && { fitted: scaledFit(from.fitted, scale) }),
  }
}

/** Rates and shares stay; people a week are scaled. */
function scaledFit(fit: PackFit, scale: number): PackFit {
  return {
    ...fit,
    clockStartsPerWeek: fit.clockStartsPerWeek * scale,
    nonAdmittedPerWeek: fit.nonAdmittedPerWeek * scale,
    admittedPerWeek: fit.admittedPerWeek * scale,
  }
}

const trimmed = (bands: readonly number[]): number[] => bands.slice(0, bands.findLastIndex((count) => count !== 0) + 1)

/** Residents from the map or the published pack; shares and lean from the extract where it has deprivation. */
function deprivationOf(tally: ExtractTally, { map, published, threshold }: ExtractSource): BaselinePack['deprivation'] {
  const residents = map.residents === undefined
    ? {}
    : { population: map.residents, ageBands: ['all ages'], populationByAge: map.residents.map((people) => [people]) }
  if (tally.deprivation === null) return { ...published.deprivation, ...(deprivationGroupsOf(map) === published.deprivation.population.length ? residents : {}) }
  const ranges = roundTable(tally.deprivation, threshold)
  const lean = leanOf(ranges, meanWeeks(tally))
  return { ...published.deprivation, ...residents, ...lean }
}

/** Mean weeks waited in each range, over everybody; the range's first week where nobody is. */
function meanWeeks(tally: ExtractTally): number[] {
  const bands = Array.from({ length: BANDS }, (_, band) => sum([...tally.specialties.values()].map(({ without, decided }) => without[band] + decided[band])))
  return RANGE_STARTS.map((from, range) => {
    const to = RANGE_STARTS[range + 1] ?? BANDS
    const people = sum(bands.slice(from, to))
    return people === 0 ? from : sum(bands.slice(from, to).map((count, index) => count * (from + index))) / people
  })
}

/**
 * Shares of those who have just joined, and how they lean with weeks waited, as `tilt.ts` puts it: a group at rank r has
 * its share of a week's list × exp(tilt of the week × r). Each range's tilt against the first is the slope of the log
 * ratio of its shares by rank, weighted by people.
 *
 * @param ranges people by range of waiting and deprivation group
 * @param mean mean weeks waited in each range
 */
export function leanOf(ranges: readonly (readonly number[])[], mean: readonly number[]): Pick<BaselinePack['deprivation'], 'listShare' | 'startShare' | 'tilt18to51' | 'tilt52plus'> {
  const [within, middle, long] = ranges
  const groups = within.length
  const tilt18to51 = slope(within, middle)
  const perWeek = mean[1] > mean[0] ? tilt18to51 / (mean[1] - mean[0]) : 0
  const joined = within.map((people, group) => people * exp((-perWeek * mean[0] * (group + 0.5)) / groups))
  const all = sum(joined)
  const shares = roundedShares(joined.map((people) => (all > 0 ? people / all : 1 / groups)))
  return { listShare: shares, startShare: shares, tilt18to51: Number(tilt18to51.toFixed(4)), tilt52plus: Number(slope(within, long).toFixed(4)) }
}

/** Slope by rank of the log ratio of two rows of people; 0 where fewer than two groups have somebody in both. */
function slope(from: readonly number[], to: readonly number[]): number {
  const points = from.flatMap((people, group) =>
    people > 0 && to[group] > 0 ? [{ rank: (group + 0.5) / from.length, ratio: ln(to[group] / people), weight: 1 / (1 / people + 1 / to[group]) }] : [],
  )
  if (points.length < 2) return 0
  const weight = sum(points.map((point) => point.weight))
  const meanRank = sum(points.map((point) => point.rank * point.weight)) / weight
  const meanRatio = sum(points.map((point) => point.ratio * point.weight)) / weight
  const spread = sum(points.map((point) => point.weight * (point.rank - meanRank) ** 2))
  return sum(points.map((point) => point.weight * (point.rank - meanRank) * (point.ratio - meanRatio))) / spread
}

/** Shares to six decimals that sum to 1. */
function roundedShares(shares: readonly number[]): number[] {
  const rounded = shares.map((share) => Number(share.toFixed(6)))
  const largest = rounded.indexOf(Math.max(...rounded))
  return rounded.map((share, group) => (group === largest ? Number((share + 1 - sum(rounded)).toFixed(6)) : share))
}

function notes(tally: ExtractTally, { map, asAt, threshold, published }: ExtractSource, leftOut: boolean): string[] {
  const months = published.months.length === 1 ? published.months[0] : `${published.months[0]} to ${published.months[published.months.length - 1]}`
  const { name } = published.system
  const lines = [
    `The list is an extract of the system's own at ${asAt}. Its counts are rounded to multiples of ${threshold}, cumulatively by weeks waited, so that no count below ${threshold} is told.`,
    `Capacity and clock starts, which an extract does not hold, are those of the published pack of ${name} (${months})${map.flows === 'in-proportion' ? ", scaled in each specialty as the extract's list is to the published one" : ''}.`,
  ]
  if (tally.deprivation === null) lines.push(...published.provenance.modelled.slice(0, MODELLED_DEPRIVATION_NOTES))
  else {
    lines.push(
      'The split by deprivation and its lean with weeks waited (within 18, 18–51, 52 weeks or more) are those of the extract, all specialties together; clock starts are split as those who have just joined the list.',
    )
  }
  if (tally.deprivationMissing > 0) lines.push('People whose deprivation is not recorded are shared out as the others are.')
  lines.push(`Residents are those of ${map.residents === undefined ? `the published pack of ${name}` : 'the map given with the extract'}.`)
  if (leftOut) lines.push(`Specialties with fewer than ${threshold} people waiting, or that the published pack does not have, are left out.`)
  return lines
}

/** The first notes of a published pack say how its split by deprivation is modelled. */
const MODELLED_DEPRIVATION_NOTES = 2
