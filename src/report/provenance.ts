/** Where the numbers come from, what is modelled, and how to make them again. */
import type { Engine } from '../results/engine.ts'
import { GENERATOR } from '../results/generator.ts'
import type { StudyResults } from '../results/types.ts'
import { systemsOf } from '../scenario/baselines.ts'
import type { OptionalCount, Study } from '../scenario/study.ts'
import { html, type Markup } from './html.ts'

/** The licence line that NHS England, ONS and MHCLG data ask for. */
const LICENCE = 'Contains public sector information licensed under the Open Government Licence v3.0'

/** The method in brief. */
export function methodSection({ study }: StudyResults): Markup {
  const runs =
    study.draws > 0
      ? `${study.draws} draws of the uncertain parameters, ${study.replications} replications of each`
      : `${study.replications} replications`
  return html`<p>
      Fairwait follows every referral-to-treatment pathway, one by one, from clock start to clock stop, week by week,
      through two queues: for a first appointment and for admission. Deprivation groups compete for the same limited
      slots. Some slots are given in turn, the rest by a chance that depends on weeks waited, as the published tables
      show that real lists are served. Pathways also end by removal, withdrawal, private care, emergency admission,
      death, or discharge after a missed appointment.${mechanismsInUse(study)}
    </p>
    ${study.sample < 1 ? html`<p>Of the pathways, ${String(study.sample * 100)}% were simulated and counts scaled up.</p>` : ''}
    <p>
      Each scenario was run with ${runs}. All scenarios share their random numbers, so that differences between them are
      paired. Intervals are 95% confidence intervals of the mean over runs (Student’s t): they show the play of chance
      in the simulation${study.draws > 0 ? ' and in the parameters drawn' : ', not how sure we are of the assumptions'}.
      “No clear difference” means that the interval of the difference holds zero.
    </p>`
}

const MECHANISMS: readonly (readonly [OptionalCount, string])[] = [
  ['deteriorated', 'becoming more urgent while waiting'],
  ['diverted', 'advice and guidance before the list'],
  ['lateStarts', 'unmet need that presents late'],
  ['unmetEmergency', 'unmet need that ends in an emergency'],
  ['cancelledByPatient', 'cancellation by patients'],
  ['cancelledByHospital', 'cancellation by hospitals'],
  ['furtherAppointments', 'further appointments'],
  ['hubSlots', 'surgical hubs'],
  ['aidSlots', 'slots lent between systems'],
]

/** A sentence on what the study sets beyond what every study has. */
function mechanismsInUse({ counted, priority }: Study): string {
  const words = MECHANISMS.flatMap(([count, text]) => (counted.includes(count) ? [text] : []))
  const all = priority.levels.length > 1 ? [`${priority.levels.length} levels of clinical priority`, ...words] : words
  return all.length === 0 ? '' : ` This study also sets: ${new Intl.ListFormat('en-GB').format(all)}.`
}

/** Sources, what is modelled, what is left out, and the licence. */
export function dataSection({ study }: StudyResults): Markup {
  const systems = systemsOf(study.baseline)
  // Packs of one month come from the same files and are modelled alike: each is named once.
  const files = new Map(systems.flatMap((system) => (system.kind === 'pack' ? system.pack.provenance.sources : [])).map((source) => [source.sha256, source]))
  const sources = [...files.values()].map(
    ({ title, publisher, file, sha256 }) => html`<li>${publisher}: ${title} (${file}, SHA-256 <code>${sha256}</code>)</li>`,
  )
  const modelled = [...new Set(systems.flatMap((system) => (system.kind === 'pack' ? system.pack.provenance.modelled : system.baseline.notes)))]
  return html`<p>${LICENCE}.</p>
    ${
      sources.length === 0
        ? html`<p>The baseline is written in the study file itself.</p>`
        : html`<h3>Sources</h3>
          <ul>
            ${sources}
          </ul>`
    }
    ${
      modelled.length === 0
        ? ''
        : html`<h3>Modelled, not published</h3>
          <ul>
            ${modelled.map((sentence) => html`<li>${sentence}</li>`)}
          </ul>`
    }`
}

/** The command, the seed and the versions. */
export function reproduceSection({ study }: StudyResults, engine: Engine): Markup {
  const packs = systemsOf(study.baseline).filter((system) => system.kind === 'pack')
  const baseline = packs.map(
    ({ path, sha256 }) => html`<dt>Baseline</dt>
      <dd>${path}, SHA-256 <code>${sha256}</code></dd>`,
  )
  return html`<p>
      The same study file, seed and version give the same numbers on any machine, with any number of workers. The
      resolved study and the hash of every file are in <code>manifest.json</code>.
    </p>
    <dl class="facts">
      <dt>Command</dt>
      <dd><code>fairwait run ${study.name}.yaml</code></dd>
      <dt>Seed</dt>
      <dd><code>${study.seed}</code></dd>
      <dt>Version</dt>
      <dd>${engine.name} ${engine.version}, generator ${GENERATOR}</dd>
      ${baseline}
      <dt>Period</dt>
      <dd>${study.time.weeks} weeks from ${study.time.start}</dd>
    </dl>`
}
