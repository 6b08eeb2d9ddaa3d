// The page's behaviour: one visit summary, one draft at a time, two languages. Model output only ever
// reaches the page as the data of one text node, cleaned first; nothing is stored in the browser.
import { cleanText } from './clean-text.js'
import { requestDraft } from './draft-stream.js'
import { chooseLanguage, errorMessage, pageTexts } from './page-text.js'

/** @import { Language } from './page-text.js' */

const longestVisit = 20_000

/** @param {string} id */
const element = (id) => /** @type {HTMLElement} */ (document.getElementById(id))
const visitForm = /** @type {HTMLFormElement} */ (element('visit-form'))
const visitArea = /** @type {HTMLTextAreaElement} */ (element('visit'))
const visitLength = element('visit-length')
const exampleButton = element('example')
const draftButton = element('draft')
const stopButton = element('stop')
const copyButton = element('copy')
const output = element('output')
const status = element('status')

/**
 * @typedef {object} Draft
 * @property {Language} language
 * @property {Text} node
 * @property {boolean} whole
 */

/** @type {Language} */
let language = chooseLanguage(navigator.languages ?? [navigator.language])
/** @type {Draft | undefined} */
let draft
/** @type {AbortController | undefined} */
let running
/** What the status line says, kept as a function so that a change of language says it again. */
let sayStatus = () => ''

/** @param {Language} chosen */
function showLanguage(chosen) {
  language = chosen
  const texts = /** @type {Record<string, any>} */ (pageTexts[language])
  document.documentElement.lang = language
  document.title = texts.title
  for (const part of document.querySelectorAll('[data-text]')) {
    part.textContent = texts[/** @type {HTMLElement} */ (part).dataset.text ?? '']
  }
  for (const part of document.querySelectorAll('[data-label]')) {
    part.setAttribute('aria-label', texts[/** @type {HTMLElement} */ (part).dataset.label ?? ''])
  }
  for (const button of languageButtons()) {
    button.setAttribute('aria-pressed', String(button.dataset.language === language))
  }
  status.textContent = sayStatus()
  showOutput()
  showVisit()
}

/** @returns {NodeListOf<HTMLElement>} */
function languageButtons() {
  return document.querySelectorAll('[data-language]')
}

/** @param {() => string} say @param {'' | 'degraded' | 'down'} tone */
function showStatus(say, tone = '') {
  sayStatus = say
  status.textContent = say()
  status.className = `status ${tone}`
}

function showOutput() {
  const empty = draft === undefined
  output.classList.toggle('placeholder', empty)
  if (empty) {
    output.lang = language
    output.textContent = pageTexts[language].outputPlaceholder
  }
  setEnabled(copyButton, draft !== undefined && draft.node.data !== '')
}

function showVisit() {
  const used = visitArea.value.length
  visitLength.textContent = pageTexts[language].length(used, longestVisit)
  visitLength.classList.toggle('over', used > longestVisit)
  setEnabled(exampleButton, mayReplaceVisit())
}

/** An example never overwrites what someone typed. */
function mayReplaceVisit() {
  const visit = visitArea.value
  return visit.trim() === '' || Object.values(pageTexts).some((texts) => texts.example === visit)
}

/**
 * aria-disabled rather than disabled: a button that goes out of use keeps the keyboard's focus.
 * @param {HTMLElement} button
 * @param {boolean} enabled
 */
function setEnabled(button, enabled) {
  button.setAttribute('aria-disabled', String(!enabled))
}

/** @param {AbortController | undefined} controller */
function setRunning(controller) {
  running = controller
  setEnabled(draftButton, controller === undefined)
  setEnabled(stopButton, controller !== undefined)
  output.setAttribute('aria-busy', String(controller !== undefined))
}

async function startDraft() {
  if (running !== undefined) return
  const visit = visitArea.value
  const refusal = visit.trim() === '' ? 'visit_empty' : visit.length > longestVisit ? 'visit_too_long' : undefined
  if (refusal !== undefined) {
    showStatus(() => errorMessage(language, refusal), 'down')
    visitArea.focus()
    return
  }
  const controller = new AbortController()
  /** @type {Draft} */
  const current = { language, node: document.createTextNode(''), whole: false }
  draft = current
  output.replaceChildren(current.node)
  output.lang = current.language
  setRunning(controller)
  showOutput()
  showStatus(() => pageTexts[language].status.waiting)
  try {
    for await (const event of requestDraft({ visit, language: current.language, signal: controller.signal })) {
      if (controller.signal.aborted) break
      receive(current, event)
    }
  } catch {
    // Only an abort gets here, and it is shown below.
  }
  if (controller.signal.aborted) showStatus(() => pageTexts[language].status.stopped, 'degraded')
  if (current.node.data === '') draft = undefined
  setRunning(undefined)
  showOutput()
}

/**
 * @param {Draft} current
 * @param {import('./draft-stream.js').DraftEvent} event
 */
function receive(current, event) {
  if ('text' in event) {
    if (current.node.data === '') showStatus(() => pageTexts[language].status.writing)
    current.node.appendData(cleanText(String(event.text)))
    setEnabled(copyButton, current.node.data !== '')
    return
  }
  if ('error' in event) {
    showStatus(() => errorMessage(language, event.error), 'down')
    return
  }
  current.whole = event.finishReason === 'stop'
  if (current.whole) showStatus(() => pageTexts[language].status.done)
  else showStatus(() => pageTexts[language].status.cutShort, 'degraded')
}

/** The mark goes with the text, in the text's own language, and so does the fact that it is cut short. */
function textToCopy() {
  if (draft === undefined) return ''
  const texts = pageTexts[draft.language]
  const lines = [texts.mark, ...(draft.whole ? [] : [texts.incompleteLine]), '', draft.node.data.trim()]
  return `${lines.join('\n')}\n`
}

async function copyDraft() {
  if (draft === undefined || draft.node.data === '') return
  const copied = await copyText(textToCopy())
  if (copied) showStatus(() => pageTexts[language].status.copied)
  else showStatus(() => pageTexts[language].status.copyFailed, 'degraded')
}

/**
 * The clipboard interface exists only over HTTPS or on the same machine; the old command serves the rest.
 * @param {string} text
 */
async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    const carrier = document.createElement('textarea')
    carrier.value = text
    carrier.className = 'carrier'
    document.body.append(carrier)
    carrier.select()
    const copied = document.execCommand('copy')
    carrier.remove()
    copyButton.focus()
    return copied
  }
}

visitForm.addEventListener('submit', (event) => {
  event.preventDefault()
  void startDraft()
})
visitArea.addEventListener('input', showVisit)
stopButton.addEventListener('click', () => running?.abort())
copyButton.addEventListener('click', copyDraft)
exampleButton.addEventListener('click', () => {
  if (!mayReplaceVisit()) return
  visitArea.value = pageTexts[language].example
  showVisit()
})
for (const button of languageButtons()) {
  button.addEventListener('click', () => showLanguage(button.dataset.language === 'zh-CN' ? 'zh-CN' : 'en'))
}
showLanguage(language)
