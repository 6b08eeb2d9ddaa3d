// A page to look through the pictures of the gallery: one state at a time, in both languages and themes, with the keys.

export type Pictured = {
  readonly scene: string
  readonly why: string
  readonly pictures: readonly { readonly file: string; readonly about: string }[]
}

/** The whole page; the pictures lie beside it. */
export function pictureIndex(states: readonly Pictured[]): string {
  const escaped = (text: string) => text.replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`)
  const figures = (one: Pictured) =>
    one.pictures.map(
      ({ file, about }) =>
        `<figure><a href="${escaped(file)}"><img loading="lazy" src="${escaped(file)}" alt="${escaped(`${one.scene}, ${about}`)}"></a><figcaption>${escaped(about)}</figcaption></figure>`,
    )
  const sections = states.map(
    (one, place) =>
      `<section id="s${place}"><h2>${place + 1} / ${states.length} · ${escaped(one.scene)}</h2><p>${escaped(one.why)}</p><div>${figures(one).join('')}</div></section>`,
  )
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Rackside in pictures</title>
<style>${style}</style>
<body>${sections.join('\n')}
<script>${script}</script></body></html>
`
}

const style = `body { margin: 0; background: #20262c; color: #e6edf3; font: 15px/1.5 system-ui, sans-serif }
section { box-sizing: border-box; min-height: 100vh; padding: 16px 24px }
h2, p { margin: 0 } p { color: #9aa8b5 }
div { display: grid; grid-template-columns: 1fr 1fr; gap: 16px; margin-top: 12px }
figure { margin: 0 } img { width: 100%; display: block } figcaption { color: #9aa8b5; font-size: 13px }`

/** Arrow keys and the space bar go from state to state. */
const script = `const all = [...document.querySelectorAll('section')]
addEventListener('keydown', (event) => {
  const step = { ArrowRight: 1, ArrowDown: 1, ' ': 1, ArrowLeft: -1, ArrowUp: -1 }[event.key]
  if (step === undefined) return
  event.preventDefault()
  const now = all.findIndex((one) => one.getBoundingClientRect().bottom > 10)
  all[Math.min(all.length - 1, Math.max(0, now + step))].scrollIntoView()
})`
