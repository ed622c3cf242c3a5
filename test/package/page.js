/** A page of somebody who has installed the package: the shipped laboratory study, in line and in a worker. */
import { createBrowserBackend, createInlineBackend, readStudy, resultFile, runStudy } from 'fairwait/browser'
import FairwaitWorker from 'fairwait/browser-worker?worker'
import text from 'fairwait/scenarios/laboratory.yaml?raw'

const study = await readStudy(text.replace('weeks: 104', 'weeks: 12'), () => Promise.reject(new Error('it names no pack')))
const backend = createBrowserBackend({ workers: 1, start: () => new FairwaitWorker(), onAbort: 'terminate' })
const made = {}
for (const [name, one] of Object.entries({ inline: createInlineBackend(), worker: backend })) {
  made[name] = new TextDecoder().decode(await resultFile('summary.json', await runStudy(study, one)))
}
document.body.textContent = JSON.stringify(made)
