/** `fairwait status DIR`: how far a sweep has come, without disturbing it. */
import { readRunStore } from '../results/store/run-store.ts'
import { drawCount } from '../experiment/sweep/rounds.ts'
import { bytesText, sweepText } from './sweep-messages.ts'
import { planPoints, readPlan, runCount, storeFolder } from './sweep-plan.ts'
import type { SweepOptions } from './sweep.ts'

/** Prints the states of a sweep's runs. */
export async function status(out: string, options: SweepOptions): Promise<void> {
  const plan = await readPlan(out)
  const store = readRunStore(storeFolder(out, plan), plan.engine)
  const total = runCount(plan.source)
  const counted = { done: 0, aside: 0 }
  const named: string[] = []
  const points = planPoints(plan)
  const { design, scenarioIds } = plan.source
  for (let number = 0; number < points.count; number += 1) {
    const { idOf } = await points.at(number)
    for (let draw = 0; draw < drawCount(design); draw += 1) {
      for (let replication = 0; replication < design.replications; replication += 1) {
        for (let scenario = 0; scenario < scenarioIds.length; scenario += 1) {
          const run = idOf({ scenario, draw, replication })
          const aside = store.aside.get(run)
          if (store.has(run)) counted.done += 1
          else if (aside !== undefined) {
            counted.aside += 1
            named.push(sweepText.asideRun(run, aside.reason))
          }
        }
      }
    }
  }
  const state = { total, ...counted, busy: store.isBusy, batches: store.running, failures: store.failures }
  if (options.json === true) {
    const waiting = total - counted.done - counted.aside
    const adaptive = design.until !== null
    process.stdout.write(`${JSON.stringify({ format: 'fairwait-sweep-status', version: 1, ...state, waiting, adaptive, bytes: store.bytes })}\n`)
    return
  }
  const lines = [...sweepText.status({ ...state, bytes: bytesText(store.bytes) }), ...named]
  if (design.until !== null) lines.push(sweepText.statusAdaptive)
  process.stdout.write(`${lines.join('\n')}\n`)
}
