/** The saved search of `fairwait optimise`: plain JSON that a later call goes on from. */
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { InputError } from '../errors.ts'
import type { SearchSettings } from '../experiment/analysis/evolve.ts'
import { closed } from '../scenario/numbers.ts'
import { optimiseProblems } from './analysis-messages.ts'
import type { SearchSoFar, SplitProblem } from './optimise-search.ts'
import { readText } from './read-text.ts'

const FORMAT = 'fairwait-search'
/** 2 holds everything tried, which 1 did not. */
const VERSION = 2

interface SavedSearch {
  readonly format: string
  readonly schemaVersion: typeof VERSION
  /** SHA-256 of everything that decides what a split comes to. */
  readonly problem: string
  readonly search: SearchSoFar
}

/** Text of `search.json`. */
export function searchFile(problem: SplitProblem, search: SearchSoFar): string {
  const saved: SavedSearch = { format: FORMAT, schemaVersion: VERSION, problem: fingerprint(problem), search }
  return `${JSON.stringify(saved)}\n`
}

/**
 * The search saved in a folder.
 * @throws InputError where there is none, it cannot be read or is not whole, or it is of another problem
 */
export async function readSearch(folder: string, problem: SplitProblem, settings: SearchSettings): Promise<SearchSoFar> {
  const path = join(folder, 'search.json')
  const refuse = (message: string): never => {
    throw new InputError({ path: '--resume', message })
  }
  if (!existsSync(path)) return refuse(optimiseProblems.nothingToResume(folder))
  const { text } = await readText(path, path, MOST_MEGABYTES)
  const saved = parsed(text)
  if (saved === null) return refuse(optimiseProblems.unreadableSearch(folder))
  const same = saved.problem === fingerprint(problem) && JSON.stringify(saved.search.state.settings) === JSON.stringify(settings)
  if (!same) return refuse(optimiseProblems.otherSearch(folder))
  return isWhole(saved.search, problem) ? saved.search : refuse(optimiseProblems.unreadableSearch(folder))
}

/** A long search of a large population keeps tens of megabytes; no text of Node's is longer than this. */
const MOST_MEGABYTES = 500

/** JSON has no word for what is not a number, a measure without anybody to measure; nor for a target not met by any distance. */
const cost = z.number().nullable().transform((value) => value ?? Number.NaN)
const violation = z.number().min(0).nullable().transform((value) => value ?? Number.POSITIVE_INFINITY)
const solution = closed({
  variables: z.array(z.number().min(0).max(1)),
  objectives: z.array(z.array(cost)),
  violation,
})
const savedSearch = closed({
  format: z.literal(FORMAT),
  schemaVersion: z.literal(VERSION),
  problem: z.string(),
  search: closed({
    state: closed({
      settings: closed({ seed: z.string(), population: z.int(), variables: z.int() }),
      generation: z.int().min(0),
      population: z.array(solution),
    }),
    tried: z.array(solution),
  }),
})

function parsed(text: string): SavedSearch | null {
  try {
    return savedSearch.parse(JSON.parse(text))
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) return null
    throw error
  }
}

/** Whether there is as much of everything as a search has that came so far, and each kept solution is one that was tried. */
function isWhole({ state, tried }: SearchSoFar, { study, objectives }: SplitProblem): boolean {
  const { settings, generation, population } = state
  const known = new Set(tried.map((each) => JSON.stringify(each)))
  return (
    population.length === settings.population &&
    tried.length === settings.population * (generation + 1) &&
    population.every((each) => known.has(JSON.stringify(each))) &&
    tried.every(
      (each) =>
        each.variables.length === settings.variables &&
        each.objectives.length === objectives.length &&
        each.objectives.every((values) => values.length === study.replications),
    )
  )
}

function fingerprint({ study, portfolio, objectives, constraints, searchSample }: SplitProblem): string {
  const what = [study, searchSample, portfolio, objectives.map(({ id }) => id), constraints.map(({ target }) => target.id)]
  return createHash('sha256').update(JSON.stringify(what)).digest('hex')
}
