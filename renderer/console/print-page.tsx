// What a screen shows, on paper: a browser prints, and makes a PDF, by itself; the desktop's window saves a PDF. On paper the
// screen has a head of its own, with whose console printed it and when, and nothing that can be pressed.
import { PrinterOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useConsole } from './console-context.tsx'
import { FailureNote } from './failure-note.tsx'
import { useAbout } from './use-about.ts'
import { useAct } from './use-act.ts'

/** `name`: of the file, without its ending: letters, digits, "-" and "." alone. */
export function PrintPage({ name }: { readonly name: string }) {
  const { t } = useTranslation()
  const { window: shell } = useConsole()
  const about = useAbout()
  const { busy, failure, begin } = useAct()
  const isDesktop = about?.shell === 'desktop'
  const print = () => {
    if (!isDesktop) window.print()
    else
      begin(
        'window.savePage',
        () => shell.savePage({ name: `${fileName(name)}.pdf` }),
        () => undefined,
      )
  }
  return (
    <>
      <Button icon={<PrinterOutlined aria-hidden="true" />} loading={busy} onClick={print}>
        {t(isDesktop ? 'common.savePdf' : 'common.print')}
      </Button>
      {failure === undefined ? null : <FailureNote failure={failure} state="unknown" />}
    </>
  )
}

function fileName(name: string): string {
  const plain = name.replaceAll(/[^A-Za-z0-9.-]+/g, '-').replace(/^[^A-Za-z0-9]+/, '')
  return plain === '' ? 'rackside' : plain.slice(0, 80)
}
