/** The executive page: six figures, what each scenario changes in one picture, and three findings. */
import type { ScenarioSummary } from '../results/types.ts'
import { removedByValidation } from '../results/validation.ts'
import { dateText } from './dates.ts'
import { findings } from './findings.ts'
import { ofScenario } from './figure.ts'
import { HEADLINE_COLUMNS, changeWords, type Column } from './headline.ts'
import { html, type Markup } from './html.ts'
import { intervalScale, intervalSvg, type IntervalMark } from './interval-svg.ts'
import { changeLimits, changeText, COUNT, isClear, valueText } from './numbers.ts'
import type { Reader } from './reader.ts'
import { favouringSign, largestClearChange, titled } from './verdicts.ts'

/** The page's first section. */
export function executiveSection(reader: Reader): Markup[] {
  return [
    keyFigures(reader),
    html`<ol class="findings">
      ${findings(reader)}
    </ol>`,
    ...removedNote(reader),
    ...(reader.others.length === 0 ? [] : [changePicture(reader)]),
  ]
}

/** Where programmes of validation shorten a list: by how many, and that it is no care. */
function removedNote(reader: Reader): Markup[] {
  const removed = removedByValidation(reader.results)
  if (removed.length === 0) return []
  const each = removed.map(({ title, people }) => `${valueText(people, COUNT)} under ${titled({ title })}`)
  return [
    html`<p class="caption">
      Validation treats nobody. Those whom it removed by the end are missing from the list and from the share within 18
      weeks: ${new Intl.ListFormat('en-GB').format(each)}. Clock stops, people brought within 18 weeks, health and prices
      leave them out.
    </p>`,
  ]
}

/** Each figure under the reference at the end, and the scenario that changes it most for the better. */
function keyFigures(reader: Reader): Markup {
  const end = dateText(reader.results.catalogue.dates[reader.last])
  return html`<p class="scene" data-scene="${JSON.stringify(reader.scenarios.map(({ title }) => title))}">
      On ${end} under ${titled(reader.reference)}, and the largest clear change for the better that a scenario makes:
    </p>
    <dl class="tiles">${HEADLINE_COLUMNS.map((column) => tile(reader, column))}</dl>`
}

function tile(reader: Reader, column: Column): Markup {
  const { measure, group, scale, heading, unit } = column
  const { reference, last } = reader
  const own = reader.at(reference, measure, group, last)
  const isMoney = measure === 'spend-to-date'
  const start = isMoney ? 'over the whole period' : `${valueText(reader.at(reference, measure, group, 0).mean, scale)} at the start`
  const each = reader.scenarios.map((scenario) => {
    const estimate = reader.at(scenario, measure, group, last)
    return [valueText(estimate.mean, scale), scenario === reference ? start : changeWords(estimate, scale, isMoney)]
  })
  return html`<div class="tile" data-each="${JSON.stringify(each)}">
    <dt>${heading}${unit === '' ? '' : html`<span class="unit">, ${unit}</span>`}</dt>
    <dd class="value">${isMoney ? mostSpent(reader, column) : valueText(own.mean, scale)}</dd>
    <dd class="change">${isMoney ? spendWords(reader, column) : html`${start}<br />${bestWords(reader, column)}`}</dd>
  </div>`
}

function bestWords(reader: Reader, { measure, group, scale }: Column): string {
  if (reader.others.length === 0) return ''
  const best = largestClearChange(reader, { measure, group, sign: favouringSign(reader, measure), date: reader.last })
  if (best === null) return 'No scenario clearly betters it'
  const limits = changeLimits(best.estimate, scale)
  const size = changeText(best.estimate.difference, scale)
  return `${limits === null ? size : `${size} (${limits})`} under ${titled(best.scenario)}`
}

function mostSpent(reader: Reader, { measure, group, scale }: Column): string {
  return valueText(Math.max(...reader.scenarios.map((scenario) => reader.at(scenario, measure, group, reader.last).mean)), scale)
}

function spendWords(reader: Reader, { measure, group }: Column): string {
  const spending = reader.scenarios.filter((scenario) => reader.at(scenario, measure, group, reader.last).mean > 0)
  if (spending.length === 0) return 'No scenario spends money'
  if (spending.length === 1) return `Under ${titled(spending[0])}, over the whole period`
  return `The most that any of ${spending.length} scenarios spends, over the whole period`
}

/** Columns of the picture: what scenarios are to move, money aside. */
const PICTURED = HEADLINE_COLUMNS.filter(({ measure }) => measure !== 'spend-to-date' && measure !== 'over-52-weeks')

/** Every scenario's changes from the reference, drawn with their intervals in the rows of a table. */
function changePicture(reader: Reader): Markup {
  const { others, last, reference } = reader
  const columns = PICTURED.map((column) => {
    const marks = others.map((scenario) => markOf(reader, scenario, column))
    const sign = favouringSign(reader, column.measure)
    return { column, sign, marks, scale: intervalScale(marks, sign === -1) }
  })
  const end = dateText(reader.results.catalogue.dates[last])
  const caption = `Change from ${titled(reference)} on ${end}, with its 95% interval`
  const rows = others.map(
    (scenario, row) =>
      html`<tr${ofScenario(reader.scenarios.indexOf(scenario))}>
        <th scope="row">${scenario.title}</th>
        ${columns.map(({ column, marks, scale }) => html`<td>${intervalSvg(marks[row], scale)}<span>${changeWords(reader.at(scenario, column.measure, column.group, last), column.scale, false)}</span></td>`)}
      </tr>`,
  )
  return html`<section class="figure picture" aria-labelledby="changes">
    <h3 id="changes">What each scenario changes</h3>
    <p class="caption">
      ${pictureSentence(reader)} Right of the dotted line is better: for gaps, better for the most deprived. A hollow dot
      is no clear difference.
    </p>
    <div class="scroll" tabindex="0" role="region" aria-label="${caption}">
      <table>
        <caption>
          ${caption}
        </caption>
        <thead>
          <tr>
            <th scope="col">Scenario</th>
            ${columns.map(({ column: { heading, unit, better } }) => html`<th scope="col">${heading}${unit === '' ? '' : `, ${unit}`}<span class="better">${better} →</span></th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>
    </div>
  </section>`
}

function markOf(reader: Reader, scenario: ScenarioSummary, { measure, group }: Column): IntervalMark {
  const estimate = reader.at(scenario, measure, group, reader.last)
  return { mean: estimate.difference, lower: estimate.differenceLower, upper: estimate.differenceUpper, isClear: isClear(estimate) }
}

/** In how many scenarios each quantity clearly gets better, and in how many clearly worse. */
function pictureSentence(reader: Reader): string {
  const parts = PICTURED.map(({ measure, group, heading }) => {
    const sign = favouringSign(reader, measure)
    const changes = reader.others.map((scenario) => reader.at(scenario, measure, group, reader.last)).filter(isClear)
    const better = changes.filter(({ difference }) => difference * sign > 0).length
    return `${heading.toLowerCase()}: better in ${better}, worse in ${changes.length - better}`
  })
  const scenarios = `${reader.others.length} ${reader.others.length === 1 ? 'scenario' : 'scenarios'}`
  return `Clear changes among ${scenarios}: ${parts.join('; ')}.`
}
