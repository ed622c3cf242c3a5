/**
 * First looks at scenarios, on workers that stand from one to the next, since a fresh one is slow until its code has
 * warmed up. With more workers than scenarios, each scenario is shared out among several.
 *
 * A worker that is looking finishes, heard or unheard, and only then takes on the next look: a slider that moves on
 * leaves one look behind it, not a queue of them.
 */
import { reviveError } from '../../../execution/failure.ts'
import type { WorkerLike } from '../../../execution/browser.ts'
import { UserError } from '../../../errors.ts'
import type { Study } from '../../../scenario/study.ts'
import { engineWords } from '../messages.ts'
import type { FromLooker, Look, ToLooker } from './messages.ts'
import { buffersToTransfer, packsOf, withoutPacks } from './serve-looks.ts'

/** Takes looks. */
export interface Looks {
  /**
   * Looks at scenarios of a study without draws, one run of each.
   * @param scenarios indices into the study's
   * @returns what was seen, in their order
   * @throws InputError where the study cannot be compiled; the signal's reason when it is aborted
   */
  look(study: Study, scenarios: readonly number[], signal: AbortSignal): Promise<readonly Look[]>
  /** Ends every worker; looks under way fail. */
  close(): void
}

/** A worker that has started. */
interface Looker {
  readonly worker: WorkerLike
  /** Hashes of the packs that it holds. */
  packs: ReadonlySet<string>
  /** Settled once it has nothing to do. */
  free: Promise<unknown>
  /** Told of the reply to the message at hand, and of its end by itself. */
  onReply: (reply: FromLooker) => void
  onStopped: (reason: string) => void
}

/** @param workers most at once, from 1  @param start starts a worker that serves looks */
export function createLooks(workers: number, start: () => WorkerLike): Looks {
  let team: Looker[] = []
  let last = 0
  const dismiss = (): void => {
    for (const { worker } of team) worker.terminate()
    team = []
  }
  const stopped = (reason: string): void => {
    const affected = team
    dismiss()
    for (const looker of affected) looker.onStopped(reason)
  }
  return {
    async look(study, scenarios, signal) {
      while (team.length < workers) team.push(hire(start(), stopped))
      const groups = groupsOf(team, scenarios.length)
      const waiting = [...scenarios.keys()]
      const seen: Look[] = []
      const inTurn = async (group: readonly Looker[]): Promise<void> => {
        for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
          await Promise.all(group.map(({ free }) => free))
          signal.throwIfAborted()
          last += 1
          const looking = lookTogether(group, { look: last, study, scenario: scenarios[next] })
          const settled = looking.catch(() => undefined)
          for (const looker of group) looker.free = settled
          try {
            seen[next] = await looking
          } catch (error) {
            waiting.length = 0
            throw error
          }
        }
      }
      await Promise.race([aborted(signal), Promise.all(groups.map(inTurn))])
      return seen
    },
    close: () => stopped(engineWords.closed),
  }
}

/** As many groups as there are scenarios, or one worker each where there are more scenarios. */
function groupsOf(team: readonly Looker[], scenarios: number): Looker[][] {
  const groups = Array.from({ length: Math.min(team.length, scenarios) }, (): Looker[] => [])
  team.forEach((looker, index) => groups[index % groups.length]?.push(looker))
  return groups
}

function hire(worker: WorkerLike, onStopped: (reason: string) => void): Looker {
  const looker: Looker = { worker, packs: new Set(), free: Promise.resolve(), onReply: () => undefined, onStopped: () => undefined }
  worker.addEventListener('message', ({ data }) => looker.onReply(data as FromLooker))
  worker.addEventListener('error', ({ message }) => onStopped(message ?? engineWords.noReason))
  worker.addEventListener('messageerror', () => onStopped(engineWords.unreadable))
  return looker
}

/** One scenario, on several workers; settled once none of them has anything left to do. */
async function lookTogether(group: readonly Looker[], what: { readonly look: number; readonly study: Study; readonly scenario: number }): Promise<Look> {
  const [first, ...others] = group
  const parts = group.length
  const ask = (looker: Looker, part: number): void => {
    const packs = packsOf(what.study)
    const message: ToLooker = { ...what, kind: 'look', study: withoutPacks(what.study), packs: [...packs.values()].filter(({ sha256 }) => !looker.packs.has(sha256)), part, parts }
    looker.packs = new Set(packs.keys())
    looker.worker.postMessage(message, [])
  }
  const replies = group.map(answerOf)
  group.forEach(ask)
  if (others.length > 0) {
    const counts = (await everyOne(replies)).map((reply) => {
      if (reply.kind !== 'counts') throw new Error(`a worker answered a part of a look with "${reply.kind}"`)
      return reply.counts
    })
    const message: ToLooker = { look: what.look, kind: 'counts', counts: counts.slice(1) }
    replies[0] = answerOf(first)
    first.worker.postMessage(message, buffersToTransfer(message))
  }
  const reply = await replies[0]
  if (reply.kind !== 'looked') throw new Error(`a worker answered a look with "${reply.kind}"`)
  return reply.seen
}

function answerOf(looker: Looker): Promise<FromLooker> {
  return new Promise((resolve, reject) => {
    looker.onReply = (reply) => {
      if (reply.kind === 'failure') reject(reviveError(reply.error))
      else resolve(reply)
    }
    looker.onStopped = (reason) => reject(new UserError(engineWords.gone(reason)))
  })
}

/** All results, or the first failure once all have come to their end. */
async function everyOne<Result>(promises: readonly Promise<Result>[]): Promise<Result[]> {
  await Promise.allSettled(promises)
  return Promise.all(promises)
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason as Error)
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true })
  })
}
