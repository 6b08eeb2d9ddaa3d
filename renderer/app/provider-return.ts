// The page that a browser comes back to from the identity provider: it takes what it was sent out of its address, hands it
// to the window that waits for it, and says whether there was one. It has no key of this console, and asks it nothing.
import i18next from 'i18next'
import { speakFirst } from '../console/languages/spoken.ts'
import { tellReturned } from '../console/operators/provider-channel.ts'
import { chosenLanguage } from './kept-choice.ts'

/** A window that waits answers at once. */
const patienceMilliseconds = 3000

const { search, pathname } = window.location
window.history.replaceState(null, '', pathname)

async function hand(): Promise<void> {
  await speakFirst(chosenLanguage())
  const t = i18next.getFixedT(null, 'labels')
  const taken = await tellReturned(search, patienceMilliseconds)
  const [title, text] = taken
    ? ([t('signIn.returned'), t('signIn.returnedLead')] as const)
    : ([t('signIn.notAwaited'), t('signIn.notAwaitedLead')] as const)
  const page = document.createElement('main')
  page.className = 'rs-returned'
  page.dataset['testid'] = taken ? 'provider-returned' : 'provider-not-awaited'
  const [heading, line] = [document.createElement('h1'), document.createElement('p')]
  heading.textContent = title
  line.textContent = text
  page.append(heading, line)
  document.getElementById('root')?.replaceChildren(page)
}

void hand()
