// The native dialogs for the page: what was chosen goes to the core by its path, and an id comes back.
import { basename } from 'node:path'
import { ok } from '../../../shared/domain/failure.ts'
import type { DesktopWords } from '../../../shared/words/words.ts'
import type { ClientOf, WindowCalls } from '../../core/link/serve-page.ts'
import type { Platform } from './platform-shape.ts'

type Dialogs = Pick<WindowCalls, 'chooseBundle' | 'chooseBundleFile' | 'chooseKeyFile'>

export function nativeDialogs(
  platform: Pick<Platform, 'chooseFile' | 'chooseFolder'>,
  clientOf: ClientOf,
  words: DesktopWords,
): Dialogs {
  return {
    async chooseBundle() {
      const picked = await platform.chooseFolder(words.chooseBundle)
      if (picked === undefined) return ok(null)
      const opened = await (await clientOf()).desk.openBundle({ folder: picked.path })
      return opened.ok ? ok({ bundleId: opened.value.bundleId }) : opened
    },
    async chooseBundleFile() {
      const picked = await platform.chooseFile(words.chooseBundleFile)
      if (picked === undefined) return ok(null)
      return (await clientOf()).desk.openBundleFiles({ files: [picked.path] })
    },
    async chooseKeyFile() {
      const picked = await platform.chooseFile(words.chooseKeyFile)
      if (picked === undefined) return ok(null)
      const opened = await (await clientOf()).desk.openKeyFile({ file: picked.path })
      if (!opened.ok) return opened
      return ok({ ...opened.value, label: basename(picked.path).slice(0, 300), lasting: true })
    },
  }
}
