// What keeps a person from doing a grave thing to the wrong host: its name is typed. The console asks for it as well;
// here it only decides whether the button can be pressed.
import { useTranslation } from 'react-i18next'
import { TypedWord } from '../ui/typed-word.tsx'

export function isTypedHost(typed: string, host: string, names: readonly string[]): boolean {
  const word = typed.trim()
  return word.toLowerCase() === host.toLowerCase() || names.includes(word)
}

export type TypedHostProps = {
  readonly host: string
  /** Of the appliances that are saved with this address: one of them may be typed instead. */
  readonly names: readonly string[]
  readonly typed: string
  readonly onTyped: (typed: string) => void
}

export function TypedHost({ host, names, typed, onTyped }: TypedHostProps) {
  const { t } = useTranslation()
  const [name] = names
  const wrong = typed.trim() !== '' && !isTypedHost(typed, host, names)
  return (
    <TypedWord
      label={name === undefined ? t('trust.typeHost', { host }) : t('trust.typeHostOrName', { host, name })}
      hint={wrong ? t('trust.notYet') : undefined}
      {...{ typed, onTyped }}
    />
  )
}
