// What the checks of the face must find, and what they must leave alone: pieces of a page that a test plants.

export type Plant = {
  readonly about: string
  readonly html: string
  /** Undefined: there is nothing wrong with it. */
  readonly kind?: string
}

const line = 'width: 90px; white-space: nowrap; overflow: hidden; text-overflow: ellipsis'
const longText = '⟦Áà lóòng téèxt wíìthóòut éènd⟧'

export const plants: readonly Plant[] = [
  { about: 'finds a text that is cut', html: `<div style="${line}">${longText}</div>`, kind: 'cut' },
  {
    about: 'finds a text that is cut below',
    html: `<div style="height: 20px; width: 90px; overflow: hidden">${longText}</div>`,
    kind: 'cut',
  },
  {
    about: 'leaves a cut text alone that can be read whole',
    html: `<div style="${line}" title="${longText}">${longText}</div>`,
  },
  {
    about: 'leaves a text alone that can be scrolled',
    html: `<div style="width: 90px; white-space: nowrap; overflow: auto">${longText}</div>`,
  },
  {
    about: 'finds a text that leaves its button',
    html: `<button type="button" style="width: 60px; white-space: nowrap">${longText}</button>`,
    kind: 'beyond its place',
  },
  {
    about: 'finds a text that lies on another',
    html: `<div style="height: 40px"><div>⟦Óònéè.⟧</div><div style="margin-top: -20px">⟦Twóò.⟧</div></div>`,
    kind: 'on other text',
  },
  {
    about: 'finds a page that scrolls sideways',
    html: '<div style="width: 3000px">⟦Wíìdéè⟧</div>',
    kind: 'page scrolls sideways',
  },
  { about: 'finds a text that no language has', html: '<p>Loading</p>', kind: 'hard-coded' },
  { about: 'finds one beside a text', html: '<p>⟦Lóòáàdíìng⟧ now</p>', kind: 'hard-coded' },
  { about: 'finds one that only a screen reader says', html: '<p aria-label="Loading">5</p>', kind: 'hard-coded' },
  { about: 'leaves what a program wrote alone', html: '<p><code>systemctl status</code></p>' },
  { about: 'leaves a name alone that is marked as one', html: '<p translate="no">Sunrise</p>' },
  { about: 'leaves an amount with its unit alone', html: '<p>12.4 GiB</p>' },
  {
    about: 'finds a sentence out of two texts',
    html: '<p>⟦Théè séèrvéèr⟧ ⟦dóòéès nóòt áànswéèr⟧</p>',
    kind: 'sentence out of pieces',
  },
  {
    about: 'finds a sentence around a link',
    html: '<p>⟦Góò tóò⟧ <a href="#x">⟦théè cáàtáàlóòg⟧</a></p>',
    kind: 'sentence out of pieces',
  },
  { about: 'leaves two whole sentences alone', html: '<p>⟦Íìt íìs théèréè.⟧ ⟦Íìt áànswéèrs.⟧</p>' },
  { about: 'leaves a name and its value alone', html: '<p><b>⟦Dríìvéèr⟧</b> ⟦nóònéè⟧</p>' },
]
