/** Titles that stay true: a scenario that is no longer what its title says is marked in the title. */
import type { StudyFile } from '../contract.ts'
import { text } from '../messages.ts'
import { scenarioTitle, withValue } from './edits.ts'

/** The file with the title of a changed scenario marked, or its own title again where it is as it was opened. A title of the user's own stays. */
export function withTrueTitle(file: StudyFile, opened: StudyFile, id: string): StudyFile {
  if (opened.scenarios[id] === undefined || file.scenarios[id] === undefined) return file
  const { title, ...changes } = file.scenarios[id]
  const { title: before, ...changesBefore } = opened.scenarios[id]
  const marked = text.changedTitle(scenarioTitle(opened, id))
  if (title !== before && title !== marked) return file
  const wanted = JSON.stringify(changes) === JSON.stringify(changesBefore) ? before : marked
  return title === wanted ? file : withValue(file, ['scenarios', id, 'title'], wanted)
}
