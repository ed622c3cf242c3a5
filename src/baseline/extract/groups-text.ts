/** The groups of an extract as a part of a study file: dimensions and priority, from rounded counts. Pure. */
import { roundTable } from './round-counts.ts'
import { NOT_RECORDED, type ExtractTally, type GroupCounts, type Grouping } from './tally.ts'

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0)

/**
 * YAML to paste into a study beside the pack; empty where the extract has no groups besides deprivation.
 *
 * @param threshold least count told: every share is of counts rounded to its multiples
 */
export function groupsText(tally: ExtractTally, threshold: number, asAt: string): string {
  const dimensions = [...tally.groupings].flatMap(([grouping, counts]) => (grouping === 'priority' ? [] : dimensionLines(grouping, counts, threshold)))
  const priority = tally.groupings.get('priority')
  if (tally.groupings.size === 0) return ''
  return [
    `# Groups of the list at ${asAt}, from an extract. Every share is of counts rounded to multiples of ${threshold}.`,
    '# Paste into a study that has the pack beside this file as its baseline.',
    ...(dimensions.length === 0
      ? []
      : [
          '#',
          '# An extract knows who waits, not who lives there or who joins: residents and clock starts are the shares of the',
          '# list here, an assumption. Put published shares in their place where there are some.',
          'dimensions:',
          ...dimensions,
        ]),
    ...(priority === undefined ? [] : priorityLines(priority, threshold)),
    '',
  ].join('\n')
}

const TITLES: Readonly<Record<Exclude<Grouping, 'priority'>, string>> = { age: 'Age', sex: 'Sex', ethnicity: 'Ethnicity' }

/** Lines of a dimension with the groups in which somebody is; none where there are fewer than two. */
function dimensionLines(grouping: Grouping, { groups, counts }: GroupCounts, threshold: number): string[] {
  const rounded = roundTable(counts, threshold)
  const kept = groups.flatMap((id, group) => (rounded.some((row) => row[group] > 0) ? [{ id, group }] : []))
  if (kept.length < 2) return []
  const rows = rowsOfShares(rounded.map((row) => kept.map(({ group }) => row[group])))
  return [
    `  - id: ${grouping}`,
    `    title: ${TITLES[grouping as Exclude<Grouping, 'priority'>]}`,
    `    ordered: ${String(grouping === 'age')}`,
    `    groups: [${kept.map(({ id }) => `{ id: ${JSON.stringify(id)}${id === NOT_RECORDED ? ', label: Not recorded' : ''} }`).join(', ')}]`,
    `    residents: [${rows.map((row) => `[${row.join(', ')}]`).join(', ')}]`,
  ]
}

/** A row for each deprivation group; one for all where deprivation is not known, and for groups with nobody told of. */
function rowsOfShares(rounded: readonly (readonly number[])[]): number[][] {
  const all = rounded[0].map((_, group) => sum(rounded.map((row) => row[group])))
  const known = rounded.slice(0, -1)
  const rows = sum(known.flat()) === 0 ? [all] : known.map((row) => (sum(row) === 0 ? all : row))
  return rows.map(sharesOf)
}

/** Shares to six decimals that sum to 1. */
function sharesOf(counts: readonly number[]): number[] {
  const all = sum(counts)
  const shares = counts.map((count) => Number((all === 0 ? 1 / counts.length : count / all).toFixed(6)))
  const largest = shares.indexOf(Math.max(...shares))
  return shares.map((share, group) => (group === largest ? Number((share + 1 - sum(shares)).toFixed(6)) : share))
}

/** Levels from the least urgent on: not recorded, then by their names, P4 before P2. */
function priorityLines({ groups, counts }: GroupCounts, threshold: number): string[] {
  const rounded = roundTable(counts, threshold)
  const levels = groups
    .map((id, group) => ({ id, people: sum(rounded.map((row) => row[group])) }))
    .filter(({ people }) => people > 0)
    .toSorted((a, b) => Number(b.id === NOT_RECORDED) - Number(a.id === NOT_RECORDED) || (a.id < b.id ? 1 : -1))
  if (levels.length === 0) return []
  const shares = sharesOf(levels.map(({ people }) => people))
  return [
    '# Shares are of the list at both stages together; those who join may differ. No target weeks: add your own.',
    'priority:',
    `  levels: [${levels.map(({ id }) => `{ id: ${JSON.stringify(id)} }`).join(', ')}]`,
    `  firstAppointment: { shares: [${shares.join(', ')}] }`,
  ]
}
