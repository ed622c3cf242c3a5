/**
 * The report.
 *
 *     results  →  reader (numbers by name)  →  findings, headline, targets, figures, assumptions, provenance  →  page
 */
import type { Engine } from '../results/engine.ts'
import { systemOf } from '../results/row-plan.ts'
import type { StudyResults } from '../results/types.ts'
import { assumptionsTable } from './assumptions-table.ts'
import { figures } from './figures.ts'
import { findings } from './findings.ts'
import { groupTables } from './group-tables.ts'
import { headlineTables, keyFigures } from './headline.ts'
import { dateText } from './dates.ts'
import { page } from './page.ts'
import { methodSection, provenanceSection, reproduceSection } from './provenance.ts'
import { createReader } from './reader.ts'
import { targetsSection } from './targets.ts'

/** What a report shows beside the results. */
export interface ReportExtras {
  /** The engine that made them; read from the package beside this module by default, which a browser cannot. */
  readonly engine?: Engine
}

/**
 * Renders a finished study as one HTML document that needs no network and no script. Equal results give the
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
    keyFigures: keyFigures(reader),
    findings: findings(reader),
    headline: headlineTables(reader),
    targets: targetsSection(reader),
    figures: [...(await figures(reader)), ...groupTables(reader)],
    method: methodSection(results),
    assumptions: assumptionsTable(study),
    provenance: provenanceSection(results),
    reproduce: reproduceSection(results, extras.engine ?? (await ownEngine())),
  })
}

async function ownEngine(): Promise<Engine> {
  const { readEngine } = await import('../results/engine.ts')
  return readEngine()
}
