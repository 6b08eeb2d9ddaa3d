// The bar on top: where am I, the alerts, what happened, the vault, the way to anywhere, language and look.
import { DesktopOutlined, MoonOutlined, SearchOutlined, SunOutlined } from '@ant-design/icons'
import { Link } from '@tanstack/react-router'
import { Segmented } from 'antd'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { DemoMark, useIsDemo } from '../console/demo/demo-mark.tsx'
import { useMay } from '../console/operators/may.ts'
import { AlertsMark } from './alerts-mark.tsx'
import { BellMark } from './bell-mark.tsx'
import { DisplayMenu } from './display-menu.tsx'
import { OperatorMark } from './operator-mark.tsx'
import { usePreferences } from './preferences.ts'
import { type TrailPart, useTrail } from './trail.ts'
import { VaultMark } from './vault-mark.tsx'

export function TopBar({ onSearch }: { readonly onSearch: () => void }) {
  const { t } = useTranslation()
  const may = useMay()
  return (
    <header className="rs-top">
      <Trail />
      {may('look') ? <AlertsMark /> : null}
      {may('look') ? <BellMark /> : null}
      <VaultMark />
      <button type="button" className="rs-search" title={t('frame.searchKeys')} onClick={onSearch}>
        <SearchOutlined aria-hidden="true" />
        <span className="rs-search-word">{t('frame.search')}</span>
        <kbd>Ctrl K</kbd>
      </button>
      <LanguageSwitch />
      <ThemeSwitch />
      <DisplayMenu />
      <OperatorMark />
    </header>
  )
}

function Trail() {
  const trail = useTrail()
  useTitle(trail)
  return (
    <div className="rs-trail" title={trail.map(({ text }) => text).join(' / ')}>
      {trail.map((part, place) => (
        <span key={part.text}>
          {place > 0 ? <span aria-hidden="true"> / </span> : null}
          {part.to === undefined ? (
            part.text
          ) : (
            <Link to={part.to} activeOptions={{ exact: true }}>
              {part.text}
            </Link>
          )}
          {part.appliance === true ? <DemoMark name={part.text} /> : null}
        </span>
      ))}
    </div>
  )
}

function useTitle(trail: readonly TrailPart[]): void {
  const { t } = useTranslation()
  const isDemo = useIsDemo(trail.find((part) => part.appliance)?.text) === true
  useEffect(() => {
    const texts = trail.map(({ text, appliance }) => (appliance && isDemo ? t('demo.named', { name: text }) : text))
    document.title = [...texts.reverse(), 'Rackside'].join(' · ')
  }, [trail, isDemo, t])
}

export function LanguageSwitch() {
  const { t } = useTranslation()
  const { language, chooseLanguage } = usePreferences()
  return (
    <Segmented
      aria-label={t('frame.language')}
      value={language}
      onChange={chooseLanguage}
      options={[
        { value: 'zh-CN', label: <span lang="zh-CN">中文</span> },
        { value: 'en', label: <span lang="en">EN</span> },
      ]}
    />
  )
}

function ThemeSwitch() {
  const { t } = useTranslation()
  const { theme, chooseTheme } = usePreferences()
  const option = (word: string) => <span className="rs-visually-hidden">{word}</span>
  return (
    <Segmented
      aria-label={t('frame.theme')}
      value={theme}
      onChange={chooseTheme}
      options={[
        {
          value: 'system',
          title: t('frame.themeSystem'),
          icon: <DesktopOutlined aria-hidden="true" />,
          label: option(t('frame.themeSystem')),
        },
        {
          value: 'light',
          title: t('frame.themeLight'),
          icon: <SunOutlined aria-hidden="true" />,
          label: option(t('frame.themeLight')),
        },
        {
          value: 'dark',
          title: t('frame.themeDark'),
          icon: <MoonOutlined aria-hidden="true" />,
          label: option(t('frame.themeDark')),
        },
      ]}
    />
  )
}
