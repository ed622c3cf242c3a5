/**
 * How a sweep's runs are counted off, without a list of them: rounds of groups, and batches of groups.
 *
 *     round    some points × draws × a stretch of replications; one round, or with `until` one between checks
 *     group    one point, draw and replication: its scenarios, which share their random numbers
 *     batch    groups that are run together and become one file
 *
 * Groups are in canonical order: point, draw, replication.
 */
import type { Design } from './design.ts'

/** The runs of one point, draw and replication. */
export interface Group {
  readonly point: number
  readonly draw: number
  readonly replication: number
}

/** A stretch of a sweep whose groups are all known. */
export interface Round {
  /** Points still open, rising; a number n stands for 0 to n − 1. */
  readonly points: Int32Array | number
  readonly draws: number
  /** First replication, and the one after the last. */
  readonly from: number
  readonly to: number
}

/** Draws that are run: a design without draws takes parameters at their means, as draw 0. */
export function drawCount({ draws }: Pick<Design, 'draws'>): number {
  return Math.max(1, draws)
}

/** The round of a design without a stopping rule: everything. */
export function wholeRound(design: Design, points: number): Round {
  return { points, draws: drawCount(design), from: 0, to: design.replications }
}

/** Groups of a round. */
export function groupCount({ points, draws, from, to }: Round): number {
  return (typeof points === 'number' ? points : points.length) * draws * (to - from)
}

/** @param index 0 to `groupCount` − 1 */
export function groupAt({ points, draws, from, to }: Round, index: number): Group {
  const replications = to - from
  const pointIndex = Math.floor(index / (draws * replications))
  return {
    point: typeof points === 'number' ? pointIndex : points[pointIndex],
    draw: Math.floor(index / replications) % draws,
    replication: from + (index % replications),
  }
}

/**
 * Batches of a round.
 * @param only numbers of the groups to run, where that is not all of them
 */
export function batchCount(round: Round, groupsPerBatch: number, only?: readonly number[]): number {
  return Math.ceil((only?.length ?? groupCount(round)) / groupsPerBatch)
}

/** The groups of a batch, by point, so that a point's study is made once. */
export function batchGroups(round: Round, groupsPerBatch: number, batch: number, only?: readonly number[]): Map<number, Group[]> {
  const byPoint = new Map<number, Group[]>()
  const end = Math.min(only?.length ?? groupCount(round), (batch + 1) * groupsPerBatch)
  for (let index = batch * groupsPerBatch; index < end; index += 1) {
    const group = groupAt(round, only?.[index] ?? index)
    const known = byPoint.get(group.point)
    if (known === undefined) byPoint.set(group.point, [group])
    else known.push(group)
  }
  return byPoint
}

/** Seconds of work that a batch should take: long beside opening a file, short beside losing it. */
const BATCH_SECONDS = 3
const MOST_GROUPS = 512
/** Batches that a sweep should have at least, so that threads share them and a kill costs little. */
const FEWEST_BATCHES = 24
const MOST_BATCH_VALUES = 4_000_000

/**
 * Groups of a batch. It may differ from one machine to the next: batches are sorted again when they are collected.
 * @param secondsPerGroup measured by a pilot
 * @param valuesPerGroup numbers kept of a group
 */
export function chooseBatchSize(groups: number, secondsPerGroup: number, valuesPerGroup: number): number {
  const byTime = Math.floor(BATCH_SECONDS / secondsPerGroup)
  const bySize = Math.floor(MOST_BATCH_VALUES / Math.max(1, valuesPerGroup))
  return Math.max(1, Math.min(byTime, bySize, Math.ceil(groups / FEWEST_BATCHES), MOST_GROUPS))
}
