/** A worker's end of looks: remembers packs from one study to the next, and waits for the counts of other parts. */
import { serialiseError } from '../../../execution/failure.ts'
import type { Port } from '../../../execution/protocol.ts'
import { systemsOf, type PackBaseline } from '../../../scenario/baselines.ts'
import type { Study, SystemBaseline } from '../../../scenario/study.ts'
import type { CountsByBlock, FromLooker, ToLooker } from './messages.ts'
import { createLookPlace, type LookUnderWay } from './take-look.ts'

/** Answers looks one at a time. Messages of other kinds are not its own. */
export function serveLooks(port: Port): void {
  const place = createLookPlace()
  let packs: ReadonlyMap<string, PackBaseline> = new Map()
  let current: { readonly look: number; readonly underWay: LookUnderWay } | null = null

  const answer = (message: ToLooker): FromLooker => {
    const { look } = message
    if (message.kind === 'counts') {
      if (current?.look !== look) throw new Error('counts came for a look that is not under way')
      return { look, kind: 'looked', seen: current.underWay.finish(message.counts) }
    }
    packs = new Map([...packs, ...message.packs.map((pack) => [pack.sha256, pack] as const)])
    const study = withPacks(message.study, packs)
    // Packs of other studies are let go of, as the coordinator supposes.
    packs = packsOf(study)
    const underWay = place.take({ ...message, study })
    if (message.part > 0) return { look, kind: 'counts', counts: underWay.counts }
    if (message.parts === 1) return { look, kind: 'looked', seen: underWay.finish([]) }
    current = { look, underWay }
    return { look, kind: 'counts', counts: new Map() }
  }

  port.on('message', (message) => {
    if (!isOfLooks(message)) return
    try {
      const reply = answer(message)
      port.postMessage(reply, buffersToTransfer(reply))
    } catch (error) {
      port.postMessage({ look: message.look, kind: 'failure', error: serialiseError(error) } satisfies FromLooker)
    }
  })
}

function isOfLooks(message: unknown): message is ToLooker {
  return typeof message === 'object' && message !== null && 'look' in message
}

/** The packs of a study by their hashes. */
export function packsOf({ baseline }: Study): ReadonlyMap<string, PackBaseline> {
  return new Map(systemsOf(baseline).flatMap((system) => (system.kind === 'pack' ? [[system.sha256, system] as const] : [])))
}

/** The study without the contents of its packs. */
export function withoutPacks(study: Study): Study {
  return withSystems(study, (system) => (system.kind === 'pack' ? ({ kind: 'pack', path: system.path, sha256: system.sha256 } as PackBaseline) : system))
}

function withPacks(study: Study, packs: ReadonlyMap<string, PackBaseline>): Study {
  return withSystems(study, (system) => {
    if (system.kind !== 'pack') return system
    const known = packs.get(system.sha256)
    if (known === undefined) throw new Error(`the pack ${system.path} was not sent`)
    return known
  })
}

function withSystems(study: Study, change: (system: SystemBaseline) => SystemBaseline): Study {
  const { baseline } = study
  return { ...study, baseline: baseline.kind === 'systems' ? { ...baseline, systems: baseline.systems.map(change) } : change(baseline) }
}

/** Numbers leave the worker without a copy: they are made for the message. */
export function buffersToTransfer(message: FromLooker | ToLooker): ArrayBuffer[] {
  switch (message.kind) {
    case 'counts':
      return (Array.isArray(message.counts) ? (message.counts as readonly CountsByBlock[]) : [message.counts as CountsByBlock]).flatMap(buffersOf)
    case 'looked':
      return message.seen.values.buffer instanceof ArrayBuffer ? [message.seen.values.buffer] : []
    default:
      return []
  }
}

function buffersOf(counts: CountsByBlock): ArrayBuffer[] {
  return [...counts.values()]
    .flatMap(({ waiting, flows, admittedByBand, unmetNeed }) => [waiting.buffer, flows.buffer, admittedByBand.buffer, unmetNeed.buffer])
    .filter((buffer) => buffer instanceof ArrayBuffer)
}
