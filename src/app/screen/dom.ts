/**
 * Elements without markup: text is always text, so that nothing in a study, a pack or a link can become part of the
 * page.
 */

/** What may stand inside an element; null for nothing. */
export type Child = Node | string | null
/** Attributes; `false` and `undefined` leave one out, `true` writes it empty, or as `true` where it is one of ARIA's. */
export type Attributes = Readonly<Record<string, string | number | boolean | undefined>>

/** An HTML element with attributes and children. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag)
  setAttributes(made, attributes)
  append(made, children)
  return made
}

const SVG = 'http://www.w3.org/2000/svg'

/** An SVG element with attributes and children. */
export function svgElement<Tag extends keyof SVGElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly Child[]
): SVGElementTagNameMap[Tag] {
  const made = document.createElementNS(SVG, tag)
  setAttributes(made, attributes)
  append(made, children)
  return made
}

/** Puts these children in the place of all that an element held. */
export function fill(parent: Element, ...children: readonly Child[]): void {
  parent.replaceChildren(...children.filter((child) => child !== null))
}

/** A button that does something; it never submits. */
export function button(label: string, act: () => void, classes = 'nhsuk-button nhsuk-button--secondary nhsuk-button--small'): HTMLButtonElement {
  const made = element('button', { type: 'button', class: classes }, label)
  made.addEventListener('click', act)
  return made
}

/** Text for screen readers alone. */
export function hiddenText(text: string): HTMLElement {
  return element('span', { class: 'nhsuk-u-visually-hidden' }, text)
}

function setAttributes(made: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue
    // An empty `aria-hidden` hides nothing.
    made.setAttribute(name, value === true && !name.startsWith('aria-') ? '' : String(value))
  }
}

function append(made: Element, children: readonly Child[]): void {
  for (const child of children) if (child !== null) made.append(child)
}
