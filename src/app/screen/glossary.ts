/** Words that need explaining, explained where they stand. */
import { text } from '../messages.ts'
import { element } from './dom.ts'
import { summary } from './figure.ts'

let made = 0

/** A term that says what it means when asked; works by keyboard, touch and mouse. */
export function term(word: keyof typeof text.glossary, label: string): HTMLElement {
  made += 1
  const id = `word-${word}-${made}`
  const note = element('span', { id, popover: 'auto', class: 'fw-note', role: 'note' }, text.glossary[word][1])
  const ask = element('button', { type: 'button', class: 'fw-ask', popovertarget: id, 'aria-label': text.glossaryAsk(label) }, '?')
  return element('span', { class: 'fw-term' }, label, ' ', ask, note)
}

/** All words, folded, at the end of the page. */
export function glossaryPart(): HTMLElement {
  const entries = Object.values(text.glossary).flatMap(([word, meaning]) => [element('dt', {}, word), element('dd', {}, meaning)])
  return element('details', { class: 'nhsuk-details fw-details', id: 'glossary' }, summary(text.glossaryTitle), element('dl', { class: 'fw-glossary' }, ...entries))
}
