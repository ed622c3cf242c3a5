/** A programme's lever as the study file has it → its parameters, defaults filled in. */
import { assumptionEntry } from './assumptions.ts'
import { allParameterNames } from './lever-parameters.ts'
import { text } from './messages.ts'
import type { NumberReader } from './number-reader.ts'
import type { DocumentPath } from './positions.ts'
import { CUSTOM_ACTS } from './registry/lever-custom.ts'
import type { CustomLeverFile } from './schema-lever.ts'
import type { ProgrammeFile } from './schema-scenario.ts'
import type { NumberSpec, Programme } from './study.ts'

/** A number of the file with its place. */
interface Written {
  readonly spec: NumberSpec
  readonly path: DocumentPath
}

/**
 * Resolves what a programme says of its lever; problems go to `reader`.
 * @param path of the programme
 */
export function resolveLever(programme: ProgrammeFile, path: DocumentPath, reader: NumberReader): Pick<Programme, 'parameters' | 'source'> {
  if (programme.lever === 'custom') {
    const customPath = [...path, 'custom']
    const written = writtenInCustom(programme.custom, customPath, reader)
    return { parameters: fillIn('custom', written, reader), source: programme.custom.source }
  }
  const written = new Map(Object.entries(programme.parameters ?? {}).flatMap(([name, spec]): [string, Written][] =>
    spec === undefined ? [] : [[name, { spec, path: [...path, 'parameters', name] }]],
  ))
  return { parameters: fillIn(programme.lever, written, reader) }
}

function fillIn(lever: ProgrammeFile['lever'], written: ReadonlyMap<string, Written>, reader: NumberReader): Record<string, NumberSpec> {
  const parameters: Record<string, NumberSpec> = {}
  for (const name of allParameterNames(lever)) {
    const { value, range } = assumptionEntry(`lever.${lever}.${name}`)
    const own = written.get(name)
    parameters[name] = own === undefined ? Number(value) : reader.read(own.spec, own.path, range)
  }
  return parameters
}

/** Numbers of a `custom` block by the parameter that they fill. */
function writtenInCustom(custom: CustomLeverFile, path: DocumentPath, reader: NumberReader): Map<string, Written> {
  const { acts, uptake, source: _, ...numbers } = custom
  const written = new Map<string, Written>()
  for (const [name, spec] of Object.entries(numbers)) if (spec !== undefined) written.set(name, { spec, path: [...path, name] })
  acts.forEach(({ on, effectPerUnit }, index) => {
    const at = [...path, 'acts', index]
    if (written.has(CUSTOM_ACTS[on])) reader.report([...at, 'on'], text.repeated(on))
    written.set(CUSTOM_ACTS[on], { spec: effectPerUnit, path: [...at, 'effectPerUnit'] })
  })
  if (uptake !== undefined) {
    const isLine = typeof uptake === 'object' && 'mostDeprived' in uptake
    const end = (spec: NumberSpec, key: string): Written => ({ spec, path: isLine ? [...path, 'uptake', key] : [...path, 'uptake'] })
    written.set('uptakeMostDeprived', end(isLine ? uptake.mostDeprived : uptake, 'mostDeprived'))
    written.set('uptakeLeastDeprived', end(isLine ? uptake.leastDeprived : uptake, 'leastDeprived'))
  }
  return written
}
