/** Mutants by where they are and what they put there, so that those of a draw are found again in a report of Stryker. */
import { readFile, readdir } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { createInstrumenter } from '@stryker-mutator/instrumenter'
import type { Injector } from '@stryker-mutator/api/plugin'
import seedrandom from 'seedrandom'

/** Folders of the core whose specs are held against mutants. */
export const MUTATED_FOLDERS = ['model', 'measures', 'investment'] as const

/** One of them. */
export type MutatedFolder = (typeof MUTATED_FOLDERS)[number]

/** A line, from 0, and a column, from 0. */
interface Position {
  readonly line: number
  readonly column: number
}

/** One mutant: what Stryker would put where. */
export interface Place {
  /** Path from the root of the project. */
  readonly file: string
  readonly start: Position
  readonly end: Position
  readonly mutator: string
  readonly replacement: string
}

/** What Stryker tells of a mutant while it works: an absolute path, positions from 0. */
interface StrykerMutant {
  readonly fileName: string
  readonly location: { readonly start: Position; readonly end: Position }
  readonly mutatorName: string
  readonly replacement?: string
}

/** The place of a mutant of Stryker's, in the project at `root`. */
function placeOf(mutant: StrykerMutant, root: string): Place {
  return {
    file: relative(root, mutant.fileName),
    start: { ...mutant.location.start },
    end: { ...mutant.location.end },
    mutator: mutant.mutatorName,
    replacement: mutant.replacement ?? '',
  }
}

/** A text that only this mutant has. */
export const keyOf = ({ file, start, end, mutator, replacement }: Place): string =>
  JSON.stringify([file, start.line, start.column, end.line, end.column, mutator, replacement])

/** Its range as `--mutate` takes it: lines from 1, columns from 0. */
export const rangeOf = ({ file, start, end }: Place): string =>
  `${file}:${start.line + 1}:${start.column}-${end.line + 1}:${end.column}`

/** What the instrumenter asks for: it logs, and gets its parts by an injector. */
const quiet = new Proxy({}, { get: () => (): boolean => false })

/** The instrumenter without Stryker around it: each part it is provided with by its maker is all that it needs. */
function bareInstrumenter(): ReturnType<typeof createInstrumenter> {
  const parts = new Map<string, unknown>([['logger', quiet]])
  const injector = {
    provideValue(token: string, part: unknown) {
      parts.set(token, part)
      return injector
    },
    injectClass: (Maker: { new (...given: unknown[]): unknown; inject: readonly string[] }) =>
      new Maker(...Maker.inject.map((token) => parts.get(token))),
  }
  return createInstrumenter(injector as unknown as Injector<never>)
}

/** Every mutant that Stryker knows to make in a folder of the core, in the order of files and lines. */
export async function placesIn(folder: MutatedFolder, root: string): Promise<Place[]> {
  const top = join(root, 'src', folder)
  const names = (await readdir(top, { recursive: true })).filter((name) => name.endsWith('.ts')).toSorted()
  const files = await Promise.all(
    names.map(async (name) => ({ name: join(top, name), mutate: true, content: await readFile(join(top, name), 'utf8') })),
  )
  const { mutants } = await bareInstrumenter().instrument(files, {
    plugins: null,
    excludedMutations: [],
    ignorers: [],
  })
  return mutants.map((mutant) => placeOf(mutant, root))
}

/** All of them in an order of chance, the same for a seed: the first n are a sample of n, and of any more the beginning. */
export function shuffled(places: readonly Place[], seed: string): Place[] {
  const random = seedrandom(JSON.stringify(['fairwait', 'mutants', seed]))
  const order = [...places]
  for (let last = order.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1))
    const swapped = order[last]
    order[last] = order[other]
    order[other] = swapped
  }
  return order
}
