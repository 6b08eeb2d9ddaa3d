// This computer where it runs no Linux, on every screen that shows facts: marked as a part, nothing that was not asked
// shown as missing, and no way into a setup.
import { screen, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { ApplianceScreen } from '../../renderer/features/appliance/appliance-screen.tsx'
import { CardHardware } from '../../renderer/features/fleet/card-hardware.tsx'
import { FoundStep } from '../../renderer/features/setup/found-step.tsx'
import type { Facts } from '../../shared/domain/facts.ts'
import type { Language } from '../../shared/words/words.ts'
import { answers, fails, streams } from './gallery/pretend-console.ts'
import { about, applianceNamed } from './gallery/scripted.ts'
import { linuxNeeded, windowsPart } from './gallery/scripted-part.ts'
import { show } from './show.tsx'

const name = 'imaging-07'
const nothing = () => undefined
const unnamed = windowsPart([])
const missing = /No accelerator|未发现加速卡|No Docker|no Docker/

function showPage(facts: Facts, tab: 'overview' | 'hardware' | 'doctor', language: Language = 'en') {
  const acts = {
    onTab: nothing,
    onSetUp: nothing,
    onLogIn: nothing,
    onOpenRun: nothing,
    onReview: nothing,
    onLeave: nothing,
  }
  const page = (
    <ApplianceScreen
      name={name}
      tab={tab}
      monitor={null}
      logs={null}
      terminal={null}
      onAlerts={nothing}
      onDemo={nothing}
      {...acts}
    />
  )
  return show(
    page,
    {
      window: about,
      observe: { watch: streams([{ link: 'lost' as const, sinceMs: Date.now(), failure: linuxNeeded }]) },
      appliances: {
        list: answers([applianceNamed(name, 'localhost')]),
        ...{ detect: answers(facts), status: fails(linuxNeeded), doctor: fails(linuxNeeded) },
      },
      setup: { runs: answers([]), lastRun: answers(null) },
    },
    language,
  )
}

describe('the page of this computer without Linux', () => {
  it.each([
    ['en', 'overview', 'Only a part is read on Windows. A setup needs Linux.'],
    ['en', 'hardware', 'Only a part is read on Windows. A setup needs Linux.'],
    ['zh-CN', 'overview', '在 Windows 上只读取部分信息，部署需要 Linux。'],
    ['zh-CN', 'hardware', '在 Windows 上只读取部分信息，部署需要 Linux。'],
  ] as const)('says in %s on its %s that this is a part', async (language, tab, said) => {
    showPage(unnamed, tab, language)
    expect((await screen.findByTestId('partial-facts')).textContent).toBe(said)
    expect(screen.getAllByText(language === 'en' ? /not read on Windows/ : /不读取加速卡/).length).toBeGreaterThan(0)
    expect(document.body.textContent).not.toMatch(missing)
  })

  it('shows the cards that the system names, and no vendor that nobody asked', async () => {
    showPage(windowsPart(), 'hardware')
    const notes = await screen.findByText('2 x NVIDIA RTX A6000, 49140 MiB', { selector: '.rs-notes li' })
    expect(within(notes.closest('.rs-notes') as HTMLElement).getByText('Named by the system')).toBeTruthy()
    expect(
      screen.getAllByText('Accelerators are not read on Windows', { selector: '.rs-tone-degraded p' }),
    ).toHaveLength(1)
    expect(screen.getByText('NVIDIA driver 552.74', { selector: 'small' })).toBeTruthy()
    expect(screen.queryByRole('heading', { name: /Ascend|Hygon|Intel/ })).toBeNull()
    expect(screen.queryByText('Every question to the server was answered.')).toBeNull()
  })

  it('shows what was read as fresh, and offers no setup', async () => {
    showPage(windowsPart(), 'hardware')
    await screen.findByTestId('partial-facts')
    expect(document.querySelector('.rs-stack.rs-faded')).toBeNull()
    const setUp = await screen.findByRole('button', { name: /Set up/ })
    expect([setUp.hasAttribute('disabled'), setUp.title]).toEqual([true, 'This needs Linux'])
    expect(screen.getByRole('alert').dataset['kind']).toBe('linux-needed')
    expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull()
  })

  it('has no findings of the doctor, and says why', async () => {
    showPage(windowsPart(), 'doctor')
    const notes = await screen.findAllByText(/This computer runs Windows; only Linux can be set up/)
    expect(notes.length).toBeGreaterThan(0)
    expect(screen.queryByTestId('doctor')).toBeNull()
  })

  it('on a Linux server nothing is marked as a part', async () => {
    const { partial: _, ...whole } = windowsPart()
    showPage(whole, 'hardware')
    await screen.findAllByText(/accelerators cannot be read/)
    expect(screen.queryByTestId('partial-facts')).toBeNull()
  })
})

describe('elsewhere', () => {
  it('the card of the fleet does not say that there are no accelerators', () => {
    show(<CardHardware name={name} facts={unnamed} sample={undefined} faded={false} />)
    expect(document.body.textContent).toContain('The accelerators could not be read')
    expect(document.body.textContent).not.toMatch(missing)
  })

  it('a setup shows one thing in its way, and calls nothing missing', async () => {
    const step = { user: 'li', atMs: Date.now(), looking: false, problem: undefined, steps: [] }
    show(<FoundStep facts={unnamed} {...step} onLookAgain={nothing} onPropose={nothing} />)
    const blockers = within(await screen.findByTestId('visible-blockers'))
    expect(blockers.getByText(/This computer runs Windows; only Linux can be set up/)).toBeTruthy()
    expect(blockers.queryByText(/cannot act as root|Docker/)).toBeNull()
    expect(screen.getByRole('heading', { name: 'Accelerators are not read on Windows' })).toBeTruthy()
    expect(document.body.textContent).not.toMatch(missing)
  })
})
