/** Profiles runs of a study's reference scenario, and counts samples by the function that was at work. */
import { Session, type Profiler } from 'node:inspector/promises'
import { loadStudy } from '../../src/cli/load-study.ts'
import { createTaskRunner } from '../../src/experiment/run-task.ts'
import { answer, request } from './request.ts'

/** What to run. */
export interface ProfileRequest {
  readonly study: string
  readonly warmUps: number
  readonly repeats: number
}

/** Samples, one each 200 microseconds, by function; `file` from the root of the checkout. */
export interface ProfileAnswer {
  readonly functions: readonly { readonly name: string; readonly file: string; readonly samples: number }[]
}

const { study: path, warmUps, repeats } = request() as ProfileRequest
const { study } = await loadStudy(path)
const scenario = study.scenarios.findIndex(({ id }) => id === study.reference)
const runTask = createTaskRunner(study, () => performance.now())
for (let run = 0; run < warmUps; run++) runTask({ scenario, draw: 0, replication: 0 })

const session = new Session()
session.connect()
await session.post('Profiler.enable')
await session.post('Profiler.setSamplingInterval', { interval: 200 })
await session.post('Profiler.start')
for (let run = 0; run < repeats; run++) runTask({ scenario, draw: 0, replication: 0 })
const { profile } = await session.post('Profiler.stop')
answer({ functions: byFunction(profile) } satisfies ProfileAnswer)

function byFunction(sampled: Profiler.Profile): ProfileAnswer['functions'] {
  const root = new URL('../../', import.meta.url).href
  const counted = new Map<string, { name: string; file: string; samples: number }>()
  for (const { callFrame, hitCount = 0 } of sampled.nodes) {
    const name = callFrame.functionName
    const file = callFrame.url.replace(root, '')
    const known = counted.get(`${file}#${name}`) ?? { name, file, samples: 0 }
    known.samples += hitCount
    counted.set(`${file}#${name}`, known)
  }
  return [...counted.values()].filter(({ samples }) => samples > 0)
}
