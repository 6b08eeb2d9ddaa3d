// Contrast and density from the bar on top: rarely changed, so they stand folded behind one sign. Made of what the bar is
// made of anyway: a menu would be as large as the first screen.
import { FontSizeOutlined } from '@ant-design/icons'
import { Button, Segmented } from 'antd'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { contrastChoices, densities } from '../ui/theme.ts'
import { usePreferences } from './preferences.ts'

export function DisplayMenu() {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const place = useRef<HTMLDivElement>(null)
  useOutsidePress(place, () => setOpen(false))
  const onKey = ({ key }: KeyboardEvent) => {
    if (key !== 'Escape') return
    setOpen(false)
    place.current?.querySelector('button')?.focus()
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape closes what stands in it
    <div ref={place} className="rs-display" onKeyDown={onKey}>
      <Button
        aria-label={t('frame.display')}
        title={t('frame.display')}
        aria-expanded={open}
        icon={<FontSizeOutlined aria-hidden="true" />}
        onClick={() => setOpen(!open)}
      />
      {open ? <Choices /> : null}
    </div>
  )
}

function Choices() {
  const { t } = useTranslation()
  const { contrast, density, chooseContrast, chooseDensity } = usePreferences()
  return (
    <fieldset className="rs-display-choices" aria-label={t('frame.display')}>
      <span>{t('frame.contrast')}</span>
      <Segmented
        aria-label={t('frame.contrast')}
        value={contrast}
        onChange={chooseContrast}
        options={contrastChoices.map((value) => ({ value, label: t(`frame.contrasts.${value}`) }))}
      />
      <span>{t('frame.density')}</span>
      <Segmented
        aria-label={t('frame.density')}
        value={density}
        onChange={chooseDensity}
        options={densities.map((value) => ({ value, label: t(`frame.densities.${value}`) }))}
      />
    </fieldset>
  )
}

function useOutsidePress(place: { readonly current: HTMLElement | null }, close: () => void): void {
  const newest = useRef(close)
  newest.current = close
  useEffect(() => {
    const onPress = ({ target }: PointerEvent) => {
      if (target instanceof Node && place.current?.contains(target) !== true) newest.current()
    }
    addEventListener('pointerdown', onPress)
    return () => removeEventListener('pointerdown', onPress)
  }, [place])
}
