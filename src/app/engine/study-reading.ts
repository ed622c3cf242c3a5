/** Study files as the page gives them: text or edited data in, checked and resolved studies out; and back to YAML. */
import { InputError } from '../../errors.ts'
import { packPaths, studyBaseline, type PackBaseline } from '../../scenario/baselines.ts'
import { checkStudyData, parseStudy } from '../../scenario/parse.ts'
import { problemAt, type Positions } from '../../scenario/positions.ts'
import { resolveStudy } from '../../scenario/resolve.ts'
import type { StudyFile } from '../../scenario/schema.ts'
import type { Study } from '../../scenario/study.ts'
import type { CheckedStudy } from '../contract.ts'
import { engineWords } from './messages.ts'

/** Finds a pack by the path that a study names it with. @throws InputError where there is none */
export type FindPack = (path: string) => Promise<PackBaseline>

/** What a study that was never a text is called in messages. */
const UNNAMED = 'study'
const NOWHERE: Positions = { file: UNNAMED, at: () => undefined }

/** Reads YAML or JSON. @throws InputError with every problem found, as on the command line */
export async function readStudy(text: string, findPack: FindPack): Promise<CheckedStudy> {
  const { file, written, positions } = await parseStudy(text, UNNAMED)
  return { file: written as StudyFile, study: await resolved(file, positions, findPack) }
}

/**
 * Checks what the screen edited.
 * @param written the file as it is written: formulas as text
 * @param only scenarios to keep, beside the reference; all by default
 */
export async function editedStudy(written: StudyFile, findPack: FindPack, only?: readonly string[]): Promise<CheckedStudy> {
  const file = keepScenarios(await checkStudyData(written, NOWHERE), only)
  return { file: keepScenarios(written, only), study: await resolved(file, NOWHERE, findPack) }
}

/** The file without the scenarios that nobody asked for, as `--scenario` does it. */
function keepScenarios(file: StudyFile, only: readonly string[] | undefined): StudyFile {
  if (only === undefined) return file
  const ids = Object.keys(file.scenarios)
  const unknown = only.filter((id) => !ids.includes(id))
  if (unknown.length > 0) throw new InputError(unknown.map((id) => ({ message: engineWords.unknownScenario(id) })))
  const reference = file.reference ?? ids[0]
  const kept = ids.filter((id) => id === reference || only.includes(id))
  return { ...file, reference, scenarios: Object.fromEntries(kept.map((id) => [id, file.scenarios[id]])) }
}

async function resolved(file: StudyFile, positions: Positions, findPack: FindPack): Promise<Study> {
  const packs = new Map<string, PackBaseline>()
  for (const path of packPaths(file)) packs.set(path, await placed(findPack(path), positions))
  // The horizon is a control of the screen: what lies beyond a shorter one is left out, as `--weeks` leaves it.
  return resolveStudy(file, studyBaseline(file, packs), positions, { datesMustFit: false })
}

/** Says where the study names a pack that cannot be had. */
async function placed(pack: Promise<PackBaseline>, positions: Positions): Promise<PackBaseline> {
  try {
    return await pack
  } catch (error) {
    if (!(error instanceof InputError) || error.problems.some(({ file }) => file !== undefined)) throw error
    throw new InputError(error.problems.map(({ message }) => problemAt(positions, ['baseline'], message)))
  }
}

/** A study file as YAML, its keys in the order of the schema. @throws InputError where it is not a study file */
export async function studyYaml(written: StudyFile): Promise<string> {
  const checked = await checkStudyData(written, NOWHERE)
  const { stringify } = await import('yaml')
  return stringify(inOrder(written, checked), { version: '1.2', schema: 'core', lineWidth: 120, aliasDuplicateObjects: false })
}

/** Data as written, the keys of each block in the order of the same block as checked, which is the schema's. */
function inOrder(written: unknown, checked: unknown): unknown {
  if (Array.isArray(written)) return written.map((item, index) => inOrder(item, Array.isArray(checked) ? checked[index] : undefined))
  if (typeof written !== 'object' || written === null) return written
  const [from, like] = [written, checked ?? {}] as [Readonly<Record<string, unknown>>, Readonly<Record<string, unknown>>]
  const keys = new Set([...Object.keys(like).filter((key) => Object.hasOwn(from, key)), ...Object.keys(from)])
  return Object.fromEntries([...keys].map((key) => [key, inOrder(from[key], like[key])]))
}
