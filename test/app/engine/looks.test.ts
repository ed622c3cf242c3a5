import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { createLooks, type Looks } from '../../../src/app/engine/looks/looks.ts'
import { serveLooks } from '../../../src/app/engine/looks/serve-looks.ts'
import { readStudy } from '../../../src/app/engine/study-reading.ts'
import { shownSeries } from '../../../src/app/engine/shown-series.ts'
import { loadStudy } from '../../../src/cli/load-study.ts'
import { InputError } from '../../../src/errors.ts'
import { createTaskRunner } from '../../../src/experiment/run-task.ts'
import { buildCatalogue } from '../../../src/measures/catalogue.ts'
import { compileScenario } from '../../../src/model/compile/index.ts'
import { concreteStudy } from '../../../src/scenario/concrete.ts'
import type { Study } from '../../../src/scenario/study.ts'
import { channel, workerOn } from './channel.ts'

const scenarioFile = (name: string): string => fileURLToPath(new URL(`../../../scenarios/${name}.yaml`, import.meta.url))
const never = new AbortController().signal

/** Looks on workers of this thread, and how many messages each was sent. */
function looksOn(workers: number, answers = serveLooks): { readonly looks: Looks; readonly sent: unknown[][] } {
  const sent: unknown[][] = []
  const looks = createLooks(workers, () => {
    const [own, other] = channel()
    answers(other)
    const messages: unknown[] = []
    sent.push(messages)
    const worker = workerOn(own, () => undefined)
    return { ...worker, postMessage: (message, transfer) => {
      messages.push(message)
      worker.postMessage(message, transfer)
    } }
  })
  return { looks, sent }
}

/** A study as it is looked at: one run, no draws. */
async function quick(name: string, changes: Partial<Study>, weeks?: number): Promise<Study> {
  const { study } = await loadStudy(scenarioFile(name), weeks === undefined ? {} : { weeks })
  return { ...study, replications: 1, draws: 0, ...changes }
}

/** What a whole run gives of the series kept for the screen, and the accounts of the compiled scenario. */
function wholeRun(study: Study, scenario: number) {
  const { values } = createTaskRunner(study, () => 0)({ scenario, draw: 0, replication: 0 })
  const compiled = compileScenario(concreteStudy(study, 0), scenario)
  const series = shownSeries(study, buildCatalogue(compiled))
  return { values: series.shrink(values), budgets: compiled.budgets, keys: series.catalogue.keys }
}

describe('a first look', () => {
  it.each([1, 2, 7])('shared out among %i workers sees what a whole run gives', async (workers) => {
    const short = await quick('recovery', { sample: 0.01 }, 30)
    const { looks } = looksOn(workers)
    const seen = await looks.look(short, [0, 2, 4], never)
    expect(seen).toHaveLength(3)
    for (const [index, scenario] of [0, 2, 4].entries()) {
      const { values, budgets } = wholeRun(short, scenario)
      expect(seen[index].values).toEqual(values)
      expect(seen[index].budgets).toEqual(budgets)
    }
    // The accounts do not depend on how many pathways were simulated.
    expect(compileScenario(concreteStudy({ ...short, sample: 1 }, 0), 2).budgets).toEqual(seen[1].budgets)
  })

  it('sees what targets speak of, but for health, which is weighed specialty by specialty', async () => {
    const laboratory = await quick('laboratory', {})
    const target = { id: 't', title: 'T', specialty: 'all', group: 'all', limitKind: 'atLeast', limit: 0.5, by: laboratory.time.start, requiredIn: [] } as const
    const [{ code: specialty }] = laboratory.baseline.kind === 'inline' ? laboratory.baseline.baseline.specialties : []
    const targets = [{ ...target, measure: 'median-wait', specialty }, { ...target, measure: 'qalys-lost' }]
    const study = { ...laboratory, targets } as unknown as Study
    const { values, keys } = wholeRun(study, 1)
    const [seen] = await looksOn(2).looks.look(study, [1], never)
    const rows = values.length / keys.length
    keys.forEach(({ measure }, series) => {
      const part = (of: Float64Array): Float64Array => of.subarray(series * rows, (series + 1) * rows)
      expect(part(seen.values)).toEqual(measure === 'qalys-lost' ? new Float64Array(rows).fill(Number.NaN) : part(values))
    })
    expect(new Set(keys.map((key) => key.measure))).toContain('median-wait')
    expect(keys.some((key) => key.measure === 'median-wait' && key.specialty === specialty)).toBe(true)
  })

  it.each(['mechanisms', 'mutual-aid'])('sees what a whole run of %s gives', async (name) => {
    const study = await quick(name, { sample: 0.05 }, 30)
    const { values } = wholeRun(study, 1)
    const [seen] = await looksOn(2).looks.look(study, [1], never)
    expect(seen.values).toEqual(values)
  })
})

describe('workers that take looks', () => {
  it('are sent a pack once', async () => {
    const short = await quick('recovery', { sample: 0.001 }, 4)
    const { looks, sent } = looksOn(1)
    await looks.look(short, [0], never)
    await looks.look(short, [1], never)
    expect(sent[0].map((message) => (message as { readonly packs: readonly unknown[] }).packs.length)).toEqual([1, 0])
  })

  it('finish what nobody waits for any more before they are sent the latest, and are never sent what came between', async () => {
    const study = await quick('laboratory', {})
    const begun: string[] = []
    const { looks } = looksOn(1, (port) => serveLooks({
      postMessage: (message, transfer) => setTimeout(() => port.postMessage(message, transfer), 30),
      on: (event, listener) => port.on(event, (message) => {
        begun.push((message as { readonly study: Study }).study.seed)
        listener(message)
      }),
    }))
    const runs = ['first', 'second', 'third'].map((seed) => {
      const controller = new AbortController()
      return { controller, start: () => looks.look({ ...study, seed }, [0], controller.signal) }
    })
    const started = [runs[0].start()]
    await new Promise((resolve) => {
      setTimeout(resolve, 5)
    })
    for (const next of [1, 2]) {
      runs[next - 1].controller.abort(new Error('overtaken'))
      started.push(runs[next].start())
    }
    const outcomes = await Promise.allSettled(started)
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled'])
    expect(begun).toEqual(['first', 'third'])
  })

  it('say what is wrong with a study as the command line does, and take the next look', async () => {
    const text = readFileSync(scenarioFile('laboratory'), 'utf8')
      .replace('replications: 4', 'replications: 4\nassumptions: { needFactor: "1 / (5 - week)" }')
      .replace('weeks: 104', 'weeks: 4')
    const { study: short } = await readStudy(text, () => Promise.reject(new Error('no pack is named')))
    const study: Study = { ...short, time: { ...short.time, weeks: 30 } }
    const { looks } = looksOn(2)
    const refusal = await looks.look({ ...study, replications: 1 }, [0, 1, 2], never).catch((error: unknown) => error)
    expect(refusal).toBeInstanceOf(InputError)
    expect((refusal as InputError).problems[0].path).toMatch(/^assumptions\.needFactor/)
    expect((await looks.look(await quick('laboratory', {}), [0], never))[0].values.length).toBeGreaterThan(0)
  })

  it('are started again after one has stopped by itself', async () => {
    const study = await quick('laboratory', {})
    let started = 0
    const looks = createLooks(2, () => {
      started += 1
      const isBroken = started === 2
      const [own, other] = channel()
      if (!isBroken) serveLooks(other)
      return { ...workerOn(own, () => undefined), addEventListener: (event: string, listener: (event: never) => void) => {
        if (event === 'message') own.on('message', (data) => listener({ data } as never))
        if (event === 'error' && isBroken) setTimeout(() => listener({ message: 'out of memory' } as never), 5)
      } }
    })
    await expect(looks.look(study, [0], never)).rejects.toThrow('out of memory')
    expect(await looks.look(study, [0], never)).toHaveLength(1)
    expect(started).toBe(4)
  })
})
