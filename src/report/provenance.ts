/** Where the numbers come from, what is modelled, and how to make them again. */
import type { Engine } from '../results/engine.ts'
import { GENERATOR } from '../results/engine.ts'
import type { StudyResults } from '../results/types.ts'
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
      death, or discharge after a missed appointment.
    </p>
    <p>
      Each scenario was run with ${runs}. All scenarios share their random numbers, so that differences between them are
      paired. Intervals are 95% confidence intervals of the mean over runs (Student’s t): they show the play of chance
      in the simulation${study.draws > 0 ? ' and in the parameters drawn' : ', not how sure we are of the assumptions'}.
      “No clear difference” means that the interval of the difference holds zero.
    </p>`
}

/** Sources, what is modelled, and the licence. */
export function provenanceSection({ study }: StudyResults): Markup {
  const { baseline } = study
  const isPack = baseline.kind === 'pack'
  const sources = isPack
    ? baseline.pack.provenance.sources.map(
        ({ title, publisher, file, sha256 }) =>
          html`<li>${publisher}: ${title} (${file}, SHA-256 <code>${sha256}</code>)</li>`,
      )
    : []
  const modelled = isPack ? baseline.pack.provenance.modelled : baseline.baseline.notes
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
  const baseline =
    study.baseline.kind === 'pack'
      ? html`<dt>Baseline</dt>
          <dd>${study.baseline.path}, SHA-256 <code>${study.baseline.sha256}</code></dd>`
      : html``
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
