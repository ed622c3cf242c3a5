/** The saved search of `fairwait optimise`: plain JSON that a later call goes on from. */
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { InputError } from '../errors.ts'
import type { SearchSettings, SearchState } from '../experiment/analysis/evolve.ts'
import { optimiseProblems } from './analysis-messages.ts'
import type { SplitProblem } from './optimise-search.ts'

const FORMAT = 'fairwait-search'

interface SavedSearch {
  readonly format: string
  readonly schemaVersion: 1
  /** SHA-256 of everything that decides what a split comes to. */
  readonly problem: string
  readonly state: SearchState
}

/** Text of `search.json`. */
export function searchFile(problem: SplitProblem, state: SearchState): string {
  const saved: SavedSearch = { format: FORMAT, schemaVersion: 1, problem: fingerprint(problem), state }
  return `${JSON.stringify(saved)}\n`
}

/**
 * The search saved in a folder.
 * @throws InputError where there is none, it cannot be read, or it is of another problem
 */
export async function readSearch(folder: string, problem: SplitProblem, settings: SearchSettings): Promise<SearchState> {
  const path = join(folder, 'search.json')
  const refuse = (message: string): never => {
    throw new InputError({ path: '--resume', message })
  }
  if (!existsSync(path)) return refuse(optimiseProblems.nothingToResume(folder))
  const saved = parsed(await readFile(path, 'utf8'))
  if (saved?.format !== FORMAT) return refuse(optimiseProblems.unreadableSearch(folder))
  const same = saved.problem === fingerprint(problem) && JSON.stringify(saved.state.settings) === JSON.stringify(settings)
  return same ? saved.state : refuse(optimiseProblems.otherSearch(folder))
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
