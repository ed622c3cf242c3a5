/** The saved search of `fairwait optimise`: plain JSON that a later call goes on from. */
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { InputError } from '../errors.ts'
import type { SearchSettings } from '../experiment/analysis/evolve.ts'
import { optimiseProblems } from './analysis-messages.ts'
import type { SearchSoFar, SplitProblem } from './optimise-search.ts'

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
 * @throws InputError where there is none, it cannot be read, or it is of another problem
 */
export async function readSearch(folder: string, problem: SplitProblem, settings: SearchSettings): Promise<SearchSoFar> {
  const path = join(folder, 'search.json')
  const refuse = (message: string): never => {
    throw new InputError({ path: '--resume', message })
  }
  if (!existsSync(path)) return refuse(optimiseProblems.nothingToResume(folder))
  const saved = parsed(await readFile(path, 'utf8'))
  if (saved?.format !== FORMAT || saved.schemaVersion !== VERSION) return refuse(optimiseProblems.unreadableSearch(folder))
  const same = saved.problem === fingerprint(problem) && JSON.stringify(saved.search.state.settings) === JSON.stringify(settings)
  return same ? saved.search : refuse(optimiseProblems.otherSearch(folder))
}

function parsed(text: string): SavedSearch | null {
  try {
    return JSON.parse(text) as SavedSearch | null
  } catch {
    return null
  }
}

function fingerprint({ study, portfolio, objectives, constraints, searchSample }: SplitProblem): string {
  const what = [study, searchSample, portfolio, objectives.map(({ id }) => id), constraints.map(({ target }) => target.id)]
  return createHash('sha256').update(JSON.stringify(what)).digest('hex')
}
