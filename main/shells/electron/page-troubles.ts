// What a person hears when a page breaks or hangs: that it was loaded again, or the question what to do.
import type { DesktopWords } from '../../../shared/words/words.ts'
import type { Platform } from './platform-shape.ts'

export type PageTroubles = {
  /** `again`: it was not loaded again, because that does not mend it. */
  broken(reload: () => void, again: boolean): Promise<void>
  hanging(reload: () => void): Promise<void>
}

export function pageTroubles(
  platform: Pick<Platform, 'ask' | 'notify'>,
  { broke, hangs, quit }: DesktopWords,
  acts: { readonly show: () => void; readonly quit: () => void },
): PageTroubles {
  return {
    async broken(reload, again) {
      if (!again) return platform.notify(broke.title, broke.body, acts.show)
      const buttons = [broke.reload, quit]
      const chosen = await platform.ask({ message: broke.message, detail: broke.detail, buttons })
      if (chosen === 0) reload()
      else acts.quit()
    },
    async hanging(reload) {
      const buttons = [hangs.wait, broke.reload]
      const chosen = await platform.ask({ message: hangs.message, detail: hangs.detail, buttons })
      if (chosen === 1) reload()
    },
  }
}
