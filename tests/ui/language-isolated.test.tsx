// @vitest-environment jsdom
// A language whose texts are not there yet: shown when they come, and not chosen where they do not.
import { act, cleanup, render, screen, waitFor } from '@testing-library/react'
import { useTranslation } from 'react-i18next'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Look } from '../../renderer/app/look.tsx'
import { usePreferences } from '../../renderer/app/preferences.ts'
import { useWords } from '../../renderer/console/console-context.tsx'
import { isSpoken, speakFirst } from '../../renderer/console/languages/spoken.ts'

const arrivals = vi.hoisted((): (() => Promise<void>)[] => [])
// Their own modules are read before: how long that takes is no matter of this.
vi.mock('../../renderer/console/languages/language-parts.ts', async () => {
  const { english } = await import('../../renderer/console/languages/english.ts')
  const { chinese } = await import('../../renderer/console/languages/chinese.ts')
  return {
    languageParts: {
      en: async () => english,
      'zh-CN': async () => {
        await arrivals.shift()?.()
        return chinese
      },
    },
  }
})
window.matchMedia = (media) => Object.assign(new EventTarget(), { matches: false, media }) as MediaQueryList

function Said() {
  const { t } = useTranslation()
  return <p>{`${t('frame.appliances')} ${useWords().verdicts.healthy}`}</p>
}

const said = () => screen.getByRole('paragraph').textContent
const choose = (language: 'en' | 'zh-CN') => act(() => usePreferences.getState().chooseLanguage(language))

afterEach(cleanup)

describe('a language that is chosen', () => {
  beforeEach(async () => {
    await speakFirst('en')
    choose('en')
    render(
      <Look>
        <Said />
      </Look>,
    )
    expect(said()).toBe('Appliances Healthy')
  })

  it('stays unchosen where its texts do not come, and another try may bring them', async () => {
    arrivals.push(() => Promise.reject(new Error('the console is gone')))
    choose('zh-CN')
    await waitFor(() => expect(usePreferences.getState().language).toBe('en'))
    expect(localStorage.getItem('rackside.language')).toBe('en')
    expect(said()).toBe('Appliances Healthy')
    expect(document.documentElement.lang).toBe('en')
    expect(isSpoken('zh-CN')).toBe(false)
  })

  it('is shown when its texts have come, unless another one was chosen meanwhile', async () => {
    let come = (): void => undefined
    arrivals.push(() => new Promise((resolve) => (come = resolve)))
    choose('zh-CN')
    choose('en')
    await act(async () => come())
    await waitFor(() => expect(isSpoken('zh-CN')).toBe(true))
    expect(said()).toBe('Appliances Healthy')
    choose('zh-CN')
    await waitFor(() => expect(said()).toBe('一体机 正常'))
    expect(document.documentElement.lang).toBe('zh-CN')
  })
})
