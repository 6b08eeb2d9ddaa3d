// The native dialogs for the page: what was chosen goes to the core by its path, and an id comes back; what is saved goes
// where its person says, and nothing of that place comes back.
import { writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { evidence, fail, ok, type Result } from '../../../shared/domain/failure.ts'
import type { DesktopWords } from '../../../shared/words/words.ts'
import type { ClientOf, WindowCalls } from '../../core/link/serve-page.ts'
import type { Platform } from './platform-shape.ts'

type Dialogs = Pick<
  WindowCalls,
  'chooseBundle' | 'chooseBundleFile' | 'chooseKeyFile' | 'saveFiles' | 'savePage' | 'writeBackup' | 'saveSupport'
>

export type Picking = Pick<Platform, 'chooseFile' | 'chooseFolder' | 'chooseSaved' | 'pageAsPdf'>

/** `platform`: `oneAtATime`, the same for all windows. */
export function nativeDialogs(platform: Picking, clientOf: ClientOf, words: DesktopWords): Dialogs {
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
    async saveFiles({ documents: files }) {
      const [first, ...others] = files
      if (first === undefined) return ok({ saved: false })
      if (others.length === 0) {
        const picked = await platform.chooseSaved(words.saveFile, first.name)
        return picked === undefined ? ok({ saved: false }) : written([{ path: picked.path, content: first.text }], 'w')
      }
      const folder = await platform.chooseFolder(words.saveFiles)
      if (folder === undefined) return ok({ saved: false })
      const all = files.map(({ name, text }) => ({ path: join(folder.path, name), content: text }))
      return written(all, 'wx')
    },
    async writeBackup({ name, ...wish }) {
      const picked = await platform.chooseSaved(words.saveFile, name)
      if (picked === undefined) return ok(null)
      return (await clientOf()).desk.writeBackup({ ...wish, file: picked.path, replaces: true })
    },
    async saveSupport({ supportId }) {
      const archive = await (await clientOf()).product.support.archive({ supportId })
      if (!archive.ok) return archive
      if (archive.value === null) return ok({ saved: false })
      const { name, base64 } = archive.value
      const picked = await platform.chooseSaved(words.saveFile, name)
      const content = Buffer.from(base64, 'base64')
      return picked === undefined ? ok({ saved: false }) : written([{ path: picked.path, content }], 'w')
    },
    async savePage({ name }) {
      // Before the dialog: the window that asks is the one in front now.
      const content = await platform.pageAsPdf()
      if (content === undefined) return ok({ saved: false })
      const picked = await platform.chooseSaved(words.saveFile, name)
      return picked === undefined ? ok({ saved: false }) : written([{ path: picked.path, content }], 'w')
    },
  }
}

/** What is asked while another dialog is open is as if it was cancelled: two would lie on each other. */
export function oneAtATime({ chooseFile, chooseFolder, chooseSaved, pageAsPdf }: Picking): Picking {
  let isOpen = false
  const alone = async <T>(choose: () => Promise<T>): Promise<T | undefined> => {
    if (isOpen) return undefined
    isOpen = true
    try {
      return await choose()
    } finally {
      isOpen = false
    }
  }
  return {
    chooseFile: (title) => alone(() => chooseFile(title)),
    chooseFolder: (title) => alone(() => chooseFolder(title)),
    chooseSaved: (title, name) => alone(() => chooseSaved(title, name)),
    pageAsPdf,
  }
}

type Content = { readonly path: string; readonly content: string | Uint8Array }

/** `wx`: a file that is there already was chosen by nobody, and stays. Names alone come back: where it was to go is nobody's business. */
async function written(files: readonly Content[], flag: 'w' | 'wx'): Promise<Result<{ saved: boolean }>> {
  for (const { path, content } of files) {
    try {
      await writeFile(path, content, { flag })
    } catch (error) {
      const { code = '' } = error as NodeJS.ErrnoException
      return fail({ kind: 'usage', problem: 'file-unwritable', word: evidence(basename(path), 200), other: code })
    }
  }
  return ok({ saved: true })
}
