// Saves a recording as its file (asciicast v2), which other programs play.
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { ok, type Result } from '../../../shared/domain/failure.ts'
import type { ListedRecording } from '../../../shared/domain/terminal.ts'
import { useConsole } from '../../console/console-context.tsx'
import type { ConsoleCalls } from '../../console/console-link.ts'
import { FailureNote } from '../../console/failure-note.tsx'
import { fileNameOf } from '../../console/file-name.ts'
import { useAbout } from '../../console/use-about.ts'
import { useAct } from '../../console/use-act.ts'
import { useSaveFiles } from '../../console/use-save-files.ts'

/** What a desktop's window can hand to its shell at once; a browser saves by itself. */
const mostOfDesktopBytes = 128 * 1024

export function SaveRecording({ recording }: { readonly recording: ListedRecording }) {
  const { t } = useTranslation()
  const { product } = useConsole()
  const about = useAbout()
  const read = useAct()
  const { save, busy, failure } = useSaveFiles()
  const { recordingId, appliance, startedAt, storedBytes } = recording
  const isTooLarge = about?.shell === 'desktop' && storedBytes > mostOfDesktopBytes
  const begin = () =>
    read.begin(
      'terminal.recording',
      () => wholeOf(product, recordingId),
      (text) => save([{ name: fileNameOf([appliance, startedAt.slice(0, 19)], 'cast'), text }]),
    )
  const problem = read.failure ?? failure
  return (
    <div className="rs-terminal-save">
      <span className="rs-muted">
        {t(isTooLarge ? 'terminal.onlyThere' : 'terminal.inTerminal')}{' '}
        <code>{`rackside terminal show ${recordingId}`}</code>
      </span>
      <Button disabled={isTooLarge} loading={busy || read.busy} onClick={begin}>
        {t('terminal.save')}
      </Button>
      {problem === undefined ? null : <FailureNote failure={problem} state="unknown" />}
    </div>
  )
}

async function wholeOf(product: ConsoleCalls['product'], recordingId: string): Promise<Result<string>> {
  let text = ''
  let from: number | null = 0
  while (from !== null) {
    const piece: Awaited<ReturnType<typeof product.terminal.recording>> = await product.terminal.recording({
      recordingId,
      from,
    })
    if (!piece.ok) return piece
    text += piece.value?.text ?? ''
    from = piece.value?.next ?? null
  }
  return ok(text)
}
