/** Everything that the commands about study files say besides what the checks themselves say. */
import { didYouMean } from '../scenario/suggest.ts'

export const studyMessages = {
  noFile: (near: string | null): string => `there is no such file${didYouMean(near)}`,
  directory: 'is a folder; name a study file in it',
  notAFile: 'is not a regular file',
  unreadable: (code: string): string => `cannot be read (${code})`,
  tooLarge: (megabytes: number): string => `is larger than ${megabytes} MB`,
  notUtf8: 'is not UTF-8 text; save it as UTF-8',
  notJson: 'is not JSON; a baseline pack is a JSON file made by "fairwait import rtt"',
  noBaseline: (path: string, near: string | null): string =>
    `there is no baseline pack ${JSON.stringify(path)} beside the study or among those shipped${didYouMean(near)}`,
  noSystem: (written: string, near: string | null): string =>
    `${JSON.stringify(written.slice(0, 80))} is neither the code of a system nor the path of a baseline pack${didYouMean(near)}; `
    + '"fairwait systems" lists the codes',
  titleWithBaseline: (title: string, system: string): string => `${system}, as in "${title}"`,

  // Help
  validateSummary: 'check study files and say everything that is wrong with them',
  validateArgument: 'study files (YAML or JSON)',
  systemsSummary: 'list the systems whose baseline pack is shipped, by code',
  systemsJson: 'one JSON object on stdout',
  systemsHeading: ['Code', 'Region', 'Name'],
  schemaSummary: "print the study file's JSON Schema",
  schemaDraft: 'version of JSON Schema',
  assumptionsSummary: 'list every assumption with value, range, source and how sure we are',
  assumptionsArgument: 'a study file, to mark what it changes',
  assumptionsJson: 'one JSON object on stdout',

  ok: (path: string): string => `${path}: ok`,
  notice: (file: string, { path, message }: { readonly path: string; readonly message: string }): string => `${file}: note: ${path}: ${message}`,
  assumptionsHeading: 'Assumptions of Fairwait. Values by group run from the most to the least deprived.',
  confidenceKey: 'Sure: H published, M partial or indirect, D derived, A assumption without a source.',
  assumptionsOf: (study: string): string => `Marked * where ${study} changes them.`,
  leverHeading: 'Levers: unit costs and effects, unless a programme gives its own',
  partsHeading: 'Levels of "priority: standard", and shocks, unless a study says otherwise',
  healthHeading: 'Health and money elsewhere, as the "health" block of a study sets them',
  studyHeading: 'The list, need and order',
}
