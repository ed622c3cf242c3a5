/**
 * The report.
 *
 *     results  →  reader (numbers by name)  →  sections: pictures, sentences, tables  →  page
 */
import type { Decomposition } from '../experiment/decompose/types.ts'
import type { Engine } from '../results/engine.ts'
import { systemOf } from '../results/row-plan.ts'
import type { StudyResults } from '../results/types.ts'
import { assumptionsTable } from './assumptions-table.ts'
import { dateText } from './dates.ts'
import { decompositionSection } from './decomposition.ts'
import { differencesSection } from './differences.ts'
import { dimensionFigures } from './dimension-figures.ts'
import { executiveSection } from './executive.ts'
import { gapSection } from './gap-section.ts'
import { healthFigures } from './health-figures.ts'
import { figureMarkup } from './figure.ts'
import { html } from './html.ts'
import { moneySection } from './money-section.ts'
import { page, type Section } from './page.ts'
import { dataSection, methodSection, reproduceSection } from './provenance.ts'
import { createReader, type Reader } from './reader.ts'
import { scenarioSection } from './scenario-section.ts'
import { spendSection } from './spend-section.ts'
import { targetsSection } from './targets.ts'
import { uncertaintySection } from './uncertainty.ts'

/** What a report shows beside the results. */
export interface ReportExtras {
  /** The engine that made them; read from the package beside this module by default, which a browser cannot. */
  readonly engine?: Engine
  /** What `fairwait decompose` found for the same study; none by default. */
  readonly decomposition?: Decomposition | null
}

/**
 * Renders a finished study as one HTML document that needs no network, and no script to be read. Equal results give the
 * same text. Loads the chart libraries, which takes about a second.
 */
export async function renderReport(results: StudyResults, extras: ReportExtras = {}): Promise<string> {
  const reader = createReader(results)
  const { study, catalogue } = results
  const system = systemOf(results)
  return page({
    title: study.title,
    description: study.description,
    system: `${system.name} (${system.code})`,
    period: `${dateText(catalogue.dates[0])} to ${dateText(catalogue.dates[reader.last])}`,
    dates: reader.charted.map((index) => catalogue.dates[index]),
    sections: await sectionsOf(reader, extras),
  })
}

async function sectionsOf(reader: Reader, { engine, decomposition = null }: ReportExtras): Promise<Section[]> {
  const { results } = reader
  const { study } = results
  const health = await healthFigures(reader)
  return [
    { id: 'findings', title: 'What the projection says', body: executiveSection(reader) },
    { id: 'scenarios', title: 'Scenarios compared', body: await scenarioSection(reader) },
    { id: 'the-gaps', title: 'Gaps: on the list, and before it', body: await gapSection(reader) },
    { id: 'health', title: 'Health, and who gains it', body: health.map(figureMarkup) },
    { id: 'money', title: 'Money', body: [...(await spendSection(reader)), moneySection(results)].filter(({ markup }) => markup !== '') },
    { id: 'targets', title: 'Targets', body: targetsSection(reader) },
    { id: 'other-groups', title: 'Other groups', body: await dimensionFigures(reader) },
    { id: 'uncertainty', title: 'How sure this is', body: uncertaintySection(reader) },
    { id: 'decomposition', title: 'What makes the gap', body: await decompositionSection(reader, decomposition) },
    { id: 'differences', title: 'What differs between scenarios', body: differencesSection(reader) },
    {
      id: 'assumptions',
      title: 'Assumptions',
      body: [html`<p>Values by deprivation group run from the most to the least deprived.</p>`, assumptionsTable(study)],
    },
    { id: 'method', title: 'Method in brief', body: [methodSection(results)] },
    { id: 'sources', title: 'Data, sources and licence', body: [dataSection(results)] },
    { id: 'again', title: 'How to make these numbers again', body: [reproduceSection(results, engine ?? (await ownEngine()))] },
  ]
}

async function ownEngine(): Promise<Engine> {
  const { readEngine } = await import('../results/engine.ts')
  return readEngine()
}
