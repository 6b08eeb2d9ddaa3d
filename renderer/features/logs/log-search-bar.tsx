// Searching the lines that are shown: how many have the word, and one after the other.
import { Button, Input, Space } from 'antd'
import { useTranslation } from 'react-i18next'

export type SearchBarProps = {
  readonly word: string
  readonly onWord: (word: string) => void
  readonly count: number
  /** The place among the matches, from 0. */
  readonly at: number | undefined
  readonly onMove: (by: 1 | -1) => void
}

export function LogSearchBar({ word, onWord, count, at, onMove }: SearchBarProps) {
  const { t } = useTranslation()
  const none = word === '' || count === 0
  const where = at === undefined ? t('logs.matches', { count }) : t('logs.matchOf', { at: at + 1, count })
  return (
    <div className="rs-row">
      <Input
        className="rs-log-search"
        type="search"
        allowClear
        aria-label={t('logs.search')}
        placeholder={t('logs.search')}
        value={word}
        maxLength={200}
        onChange={({ target }) => onWord(target.value)}
        onKeyDown={({ key, shiftKey }) => {
          if (key === 'Enter' && !none) onMove(shiftKey ? -1 : 1)
        }}
      />
      <Space.Compact>
        <Button disabled={none} onClick={() => onMove(-1)}>
          {t('logs.previous')}
        </Button>
        <Button disabled={none} onClick={() => onMove(1)}>
          {t('logs.next')}
        </Button>
      </Space.Compact>
      <span className="rs-muted rs-log-count" aria-live="polite">
        {word === '' ? '' : where}
      </span>
    </div>
  )
}
