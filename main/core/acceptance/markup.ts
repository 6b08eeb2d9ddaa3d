// HTML of values that anybody may have written: every text is escaped in one place, and there is no other way to make a
// piece of markup than these.
const special: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

export class Markup {
  readonly #text: string
  constructor(text: string) {
    this.#text = text
  }
  toString(): string {
    return this.#text
  }
}

type Part = Markup | string | number | readonly Part[]

/** A template whose values are escaped, but for pieces that are markup already. */
export function html(texts: TemplateStringsArray, ...values: readonly Part[]): Markup {
  const parts = texts.flatMap((text, at) => {
    const value = values[at]
    return value === undefined ? [text] : [text, escaped(value)]
  })
  return new Markup(parts.join(''))
}

function escaped(value: Part): string {
  if (value instanceof Markup) return value.toString()
  if (typeof value === 'object') return value.map(escaped).join('')
  return String(value).replaceAll(/[&<>"']/g, (one) => special[one] ?? '')
}

export function table(head: readonly string[], rows: readonly (readonly Part[])[]): Markup {
  const cells = (row: readonly Part[]) => row.map((one) => html`<td>${one}</td>`)
  return html`<table><thead><tr>${head.map((one) => html`<th scope="col">${one}</th>`)}</tr></thead><tbody>${rows.map((row) => html`<tr>${cells(row)}</tr>`)}</tbody></table>`
}

/** Names with their values, two columns of them. */
export function list(rows: readonly (readonly [string, Part])[]): Markup {
  return html`<dl>${rows.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`
}
