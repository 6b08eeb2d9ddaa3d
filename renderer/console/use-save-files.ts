// Files that a person is handed: a browser saves them by itself, the desktop's window asks where they go.
import type { SavedFile } from '../../shared/contract/window.ts'
import { useConsole } from './console-context.tsx'
import { useAbout } from './use-about.ts'
import { type Act, useAct } from './use-act.ts'

const types: ReadonlyMap<string, string> = new Map([
  ...([
    ['json', 'application/json'],
    ['html', 'text/html'],
    ['crt', 'application/x-pem-file'],
  ] as const),
])

export type SaveFiles = Pick<Act, 'busy' | 'failure'> & { readonly save: (files: readonly SavedFile[]) => void }

export function useSaveFiles(): SaveFiles {
  const { window: shell } = useConsole()
  const about = useAbout()
  const { busy, failure, begin } = useAct()
  return {
    ...{ busy, failure },
    save(files) {
      if (about?.shell !== 'desktop') saveByBrowser(files)
      else
        begin(
          'window.saveFiles',
          () => shell.saveFiles({ documents: [...files] }),
          () => undefined,
        )
    },
  }
}

function saveByBrowser(files: readonly SavedFile[]): void {
  for (const { name, text } of files) {
    const link = document.createElement('a')
    const type = types.get(name.slice(name.lastIndexOf('.') + 1)) ?? 'text/plain'
    link.href = URL.createObjectURL(new Blob([text], { type }))
    link.download = name
    link.click()
    URL.revokeObjectURL(link.href)
  }
}
