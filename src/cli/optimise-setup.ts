/** What `fairwait optimise` works on, looked up and checked before anything is run. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { InputError } from '../errors.ts'
import { objectiveNames, objectiveOf } from '../experiment/analysis/objectives.ts'
import { catalogueOf } from '../experiment/analysis/points.ts'
import type { PortfolioSettings } from '../experiment/analysis/portfolio.ts'
import type { SeriesCatalogue } from '../measures/types.ts'
import { LEVERS } from '../scenario/study.ts'
import type { LeverId, Study } from '../scenario/study.ts'
import { optimiseProblems } from './analysis-messages.ts'
import { checkName, positionOf } from './analysis-setup.ts'
import { loadStudy } from './load-study.ts'
import type { OptimiseOptions } from './optimise.ts'
import type { SplitProblem } from './optimise-search.ts'

/** Levers that buy something without being told what: a custom one is whatever its programme says. */
const READY_LEVERS = LEVERS.filter((lever) => lever !== 'custom')

/** Longest lists that slots may be aimed at where the user names none. */
const AIMED_LISTS = 3

/**
 * Reads a study and what to search for.
 * @throws InputError for anything that the search could not be finished with
 */
export async function optimiseSetup(path: string, options: OptimiseOptions): Promise<{ problem: SplitProblem; out: string }> {
  const { study } = await loadStudy(path, {
    ...(options.seed !== undefined && { seed: options.seed }),
    ...(options.replications !== undefined && { replications: options.replications }),
    ...(options.weeks !== undefined && { weeks: options.weeks }),
  })
  const source = await readFile(path, 'utf8').catch(() => {
    throw new InputError({ file: path, message: optimiseProblems.notHere })
  })
  const catalogue = catalogueOf(study)
  const wanted = [...new Set(options.objectives)]
  for (const name of wanted) checkName('--objectives', 'objective', name, objectiveNames(catalogue))
  if (wanted.length < 2) throw new InputError({ path: '--objectives', message: optimiseProblems.fewObjectives })
  const objectives = wanted.map((name) => objectiveOf(name, catalogue))
  const constraints = (options.meet ?? []).map((id) => constraintOf(study, catalogue, id))
  const portfolio = portfolioOf(study, catalogue, options, wanted.includes('spend'))
  return { problem: { study, source, portfolio, objectives, constraints, searchSample: options.sample ?? study.sample }, out: options.out ?? join('output', `${study.name}-optimise`) }
}

function constraintOf(study: Study, catalogue: SeriesCatalogue, id: string): SplitProblem['constraints'][number] {
  checkName('--meet', 'target', id, study.targets.map((each) => each.id))
  const target = study.targets[study.targets.findIndex((each) => each.id === id)]
  const { measure, group, specialty, by } = target
  return { target, position: positionOf(catalogue, { measure, group, specialty, date: by }).position }
}

function portfolioOf(study: Study, catalogue: SeriesCatalogue, options: OptimiseOptions, spendLess: boolean): PortfolioSettings {
  const used = usedBy(study)
  for (const lever of options.levers ?? []) checkName('--levers', 'lever', lever, READY_LEVERS)
  const levers = (options.levers as readonly LeverId[] | undefined) ?? used.levers
  if (levers.length === 0) throw new InputError({ path: '--levers', message: optimiseProblems.noLevers })
  const envelope = Math.round(options.envelope ?? used.envelope)
  if (envelope === 0) throw new InputError({ path: '--envelope', message: optimiseProblems.noEnvelope })
  const timing = study.scenarios.flatMap(({ invest }) => invest.map(({ budget }) => budget))[0]
  return {
    levers,
    specialtyGroups: (options.aim ?? []).length > 0 ? aimed(catalogue, options.aim ?? []) : longestLists(study, catalogue),
    envelope,
    timing: timing === undefined ? wholeStudy(study) : { from: timing.from, years: timing.years, rampWeeks: timing.rampWeeks },
    groups: new Set(catalogue.keys.flatMap(({ dimension, group }) => (dimension === 'deprivation' && group !== 'gap' ? [group] : []))).size,
    spendLess,
  }
}

/** Without a programme to go by, money flows throughout. */
function wholeStudy({ time }: Study): PortfolioSettings['timing'] {
  return { from: time.start, years: (time.weeks * 7 + 2) / 365.25, rampWeeks: 0 }
}

function aimed(catalogue: SeriesCatalogue, groups: readonly string[]): string[][] {
  const codes = specialtiesOf(catalogue)
  return groups.map((group) => {
    const wanted = group.split('+')
    for (const code of wanted) checkName('--aim', 'specialty', code, codes)
    return wanted
  })
}

/** A study of one specialty has nothing to aim at. */
function longestLists({ baseline }: Study, catalogue: SeriesCatalogue): string[][] {
  const codes = specialtiesOf(catalogue)
  if (codes.length < 2) return []
  const lists = new Map<string, number>()
  addLists(baseline, lists)
  return codes.toSorted((a, b) => (lists.get(b) ?? 0) - (lists.get(a) ?? 0)).slice(0, AIMED_LISTS).map((code) => [code])
}

/** Sums what waits by specialty code, in whichever systems a baseline has. */
function addLists(part: unknown, lists: Map<string, number>): void {
  if (typeof part !== 'object' || part === null) return
  if ('code' in part && typeof part.code === 'string') lists.set(part.code, (lists.get(part.code) ?? 0) + weightOf(part))
  for (const each of Object.values(part)) addLists(each, lists)
}

/** All numbers of people waiting in a specialty of a baseline, whatever they are by. */
function weightOf(specialty: object): number {
  const waiting = Object.entries(specialty).filter(([name]) => /waiting|incomplete|list/i.test(name))
  return waiting.reduce((sum, [, value]) => sum + totalOf(value), 0)
}

function totalOf(value: unknown): number {
  if (typeof value === 'number') return value
  return typeof value === 'object' && value !== null ? Object.values(value).reduce((sum: number, each) => sum + totalOf(each), 0) : 0
}

const specialtiesOf = ({ keys }: SeriesCatalogue): string[] => [...new Set(keys.map(({ specialty }) => specialty))].filter((code) => code !== 'all')

/** Levers and the largest yearly envelope that a study's scenarios use. */
function usedBy(study: Study): { levers: LeverId[]; envelope: number } {
  const inUse = new Set(study.scenarios.flatMap(({ invest }) => invest.map(({ lever }) => lever)))
  const levers = READY_LEVERS.filter((lever) => inUse.has(lever))
  const totals = study.scenarios.map(({ invest }) =>
    invest.reduce((sum, { budget }) => sum + (typeof budget.perYear === 'number' ? budget.perYear : 0), 0),
  )
  return { levers, envelope: Math.max(0, ...totals) }
}
