/** What the columns and values of an extract mean: the map that a user writes beside it. */
import { z } from 'zod'
import { InputError, type Problem } from '../../errors.ts'
import { problemsOf } from '../../scenario/issues.ts'
import { closed } from '../../scenario/numbers.ts'
import { problemAt, type Positions } from '../../scenario/positions.ts'
import { groupId, levelId } from '../../scenario/schema-people.ts'
import { extractSay } from './messages.ts'

/** Most groups of a column, and most values that a map can name. */
const MAX_GROUPS = 29
/** Priority levels of a study less the one for not recorded. */
const MAX_PRIORITIES = 5
const MAX_VALUES = 2000
const column = z.string().min(1).max(200)
const value = z.string().max(200)
const valuesTo = (group: typeof groupId, most: number) =>
  z.record(value, group).refine((map) => new Set(Object.values(map)).size <= most, { error: `must name at most ${most} groups` })

/** Columns whose values the map turns into groups. */
export const GROUPED = ['priority', 'sex', 'ethnicity'] as const
export type GroupedColumn = (typeof GROUPED)[number]

const extractMap = closed({
  system: z.string().min(1).max(1000).describe('Code of the system, or path of its published pack.'),
  columns: closed({
    clockStart: column,
    specialty: column,
    decisionToAdmit: column.optional(),
    deprivation: column.optional(),
    priority: column.optional(),
    age: column.optional(),
    sex: column.optional(),
    ethnicity: column.optional(),
  }),
  dates: z.enum(['iso', 'day-first']).optional(),
  deprivationGroups: z.enum(['fifths', 'tenths']).optional(),
  residents: z.array(z.int().min(1).max(200_000_000)).optional(),
  specialties: z
    .record(value, z.string().min(1).max(20))
    .refine((map) => Object.keys(map).length <= MAX_VALUES, { error: `must name at most ${MAX_VALUES} values` })
    .optional(),
  otherSpecialty: z.string().min(1).max(20).optional(),
  priority: valuesTo(levelId, MAX_PRIORITIES).optional(),
  sex: valuesTo(groupId, MAX_GROUPS).optional(),
  ethnicity: valuesTo(groupId, MAX_GROUPS).optional(),
  ageBands: z.array(z.int().min(0).max(130)).min(2).max(MAX_GROUPS).optional(),
  notRecorded: z.array(value).max(MAX_VALUES).optional(),
  flows: z.enum(['as-published', 'in-proportion']).optional(),
  maxInvalidShare: z.number().min(0).max(1).optional(),
})

/** A map as read. */
export type ExtractMap = z.infer<typeof extractMap>

/** Lower ends of the age bands where a map does not say: those of the published list. */
export const DEFAULT_AGE_BANDS: readonly number[] = [0, 19, 65]
/** Share of rows that may be unusable where a map does not say. */
export const DEFAULT_MAX_INVALID_SHARE = 0.05
/** Cells that mean "not recorded" where a map does not say. */
const DEFAULT_NOT_RECORDED: readonly string[] = ['', 'NULL', 'NA', 'N/A', 'Unknown', 'Not known', 'Not stated', 'Not recorded']

/** Deprivation groups of a map. */
export function deprivationGroupsOf(map: ExtractMap): 5 | 10 {
  return map.deprivationGroups === 'tenths' ? 10 : 5
}

/** Cells that mean "not recorded", in lower case. */
export function notRecordedOf(map: ExtractMap): ReadonlySet<string> {
  return new Set(['', ...(map.notRecorded ?? DEFAULT_NOT_RECORDED)].map((each) => each.trim().toLowerCase()))
}

/**
 * Checks a map.
 *
 * @param data plain data of its file
 * @throws InputError with every problem
 */
export function checkExtractMap(data: unknown, positions: Positions): ExtractMap {
  const result = extractMap.safeParse(data)
  if (!result.success) throw new InputError(problemsOf(result.error.issues, data, positions))
  const map = result.data
  const problems: Problem[] = []
  const report = (path: readonly string[], message: string): void => void problems.push(problemAt(positions, path, message))
  for (const key of GROUPED) if (map[key] !== undefined && map.columns[key] === undefined) report([key], extractSay.groupWithoutColumn(key))
  if (map.ageBands !== undefined && map.columns.age === undefined) report(['ageBands'], extractSay.groupWithoutColumn('age'))
  if (map.ageBands?.some((from, index, all) => (index === 0 ? from !== 0 : from <= all[index - 1])) === true) report(['ageBands'], extractSay.bandsRise)
  const groups = deprivationGroupsOf(map)
  if (groups === 10 && map.residents === undefined) report(['deprivationGroups'], extractSay.tenthsNeedResidents)
  if (map.residents !== undefined && map.residents.length !== groups) report(['residents'], extractSay.residentsLength(groups, map.residents.length))
  if (problems.length > 0) throw new InputError(problems)
  return map
}
