// One terminal on the page: the shell as it draws, what can be done with it beside the keyboard, and how it ended.
import { Button, Checkbox } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useWords } from '../../console/console-context.tsx'
import { FailureNote } from '../../console/failure-note.tsx'
import { useCopy } from '../../console/use-copy.ts'
import { Loading } from '../../ui/loading.tsx'
import { Panel } from '../../ui/panel.tsx'
import { PasteQuestion } from './paste-question.tsx'
import { pastedText, runsAtOnce } from './pasted.ts'
import { useScreen } from './use-screen.ts'
import { type TerminalState, useTerminal } from './use-terminal.ts'

export type TerminalViewProps = {
  readonly name: string
  readonly onAgain: () => void
  readonly onBack: () => void
  readonly onEnd: () => void
}

export function TerminalView({ name, onAgain, onBack, onEnd }: TerminalViewProps) {
  const { t } = useTranslation()
  const terminal = useTerminal(name)
  const { state } = terminal
  const [readsAloud, setReadsAloud] = useState(false)
  const [asked, setAsked] = useState<string | undefined>(undefined)
  const { copy } = useCopy()
  const act = useRef<HTMLButtonElement>(null)
  const { place, screen, failure } = useScreen(terminal, {
    readsAloud,
    onCopy: copy,
    onLeave: () => act.current?.focus(),
  })
  const hasShown = state.is === 'open' || (state.is === 'ended' && state.end !== undefined)
  const paste = (raw: string) => {
    const text = pastedText(raw)
    if (runsAtOnce(text)) setAsked(text)
    else screen()?.paste(text)
  }
  const isOver = state.is === 'ended' || failure !== undefined
  useEndOf(isOver, onEnd)
  return (
    <Panel testId="terminal">
      <div className="rs-terminal-bar">
        <p className="rs-terminal-state" aria-live="polite">
          <StateLine state={state} name={name} />
        </p>
        <div className="rs-row">
          <Checkbox checked={readsAloud} onChange={({ target }) => setReadsAloud(target.checked)}>
            {t('terminal.readAloud')}
          </Checkbox>
          <Acts {...{ state, isOver, onAgain, onBack }} onClose={terminal.close} act={act} />
        </div>
      </div>
      {failure === undefined ? null : <FailureNote failure={failure} state="unknown" />}
      {state.is === 'ended' && state.failure !== undefined ? (
        <FailureNote failure={state.failure} state="unknown" />
      ) : null}
      {state.is === 'opening' && failure === undefined ? <Loading label={t('terminal.opening')} /> : null}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: what is inside has the focus, and is the textbox */}
      <div
        ref={place}
        className={hasShown ? 'rs-terminal' : `rs-terminal rs-terminal-${isOver ? 'none' : 'waits'}`}
        translate="no"
        dir="ltr"
        data-testid="terminal-screen"
        onKeyDown={(event) => event.stopPropagation()}
        onPasteCapture={(event) => {
          event.preventDefault()
          event.stopPropagation()
          if (state.is === 'open') paste(event.clipboardData.getData('text/plain'))
        }}
      />
      {hasShown ? <small>{t('terminal.keys')}</small> : null}
      {asked === undefined ? null : (
        <PasteQuestion
          text={asked}
          onPaste={() => screen()?.paste(asked)}
          onClose={() => {
            setAsked(undefined)
            screen()?.focus()
          }}
        />
      )}
    </Panel>
  )
}

function useEndOf(isOver: boolean, onEnd: () => void): void {
  const newest = useRef(onEnd)
  newest.current = onEnd
  useEffect(() => {
    if (isOver) newest.current()
  }, [isOver])
}

type ActsProps = Pick<TerminalViewProps, 'onAgain' | 'onBack'> & {
  readonly state: TerminalState
  readonly isOver: boolean
  readonly onClose: () => void
  readonly act: React.RefObject<HTMLButtonElement | null>
}

function Acts({ state, isOver, onAgain, onBack, onClose, act }: ActsProps) {
  const { t } = useTranslation()
  if (!isOver) {
    return (
      <Button ref={act} onClick={state.is === 'open' ? onClose : onBack}>
        {t(state.is === 'open' ? 'terminal.close' : 'common.cancel')}
      </Button>
    )
  }
  return (
    <>
      <Button ref={act} onClick={onBack}>
        {t('terminal.back')}
      </Button>
      <Button type="primary" onClick={onAgain}>
        {t('terminal.again')}
      </Button>
    </>
  )
}

function StateLine({ state, name }: { readonly state: TerminalState; readonly name: string }) {
  const { t } = useTranslation()
  const { terminal } = useWords()
  if (state.is === 'open') return t('terminal.isOpen', { user: state.user, name })
  if (state.is === 'opening') return t('terminal.connecting', { name })
  if (state.end === undefined) return t('terminal.notOpen')
  return t('terminal.ended', { why: terminal.ended(state.end.reason, state.end.exitCode) })
}
