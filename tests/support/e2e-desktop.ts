// The desktop shell as its user starts it: the built product in real Electron, with a person's home, and a folder
// dialog that "chooses" what the test says. Only the operating system's dialog is replaced.
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { ElectronApplication, Page } from 'playwright-core'
import { type PageWatch, watchPage } from './browser-watch.ts'
import type { Display } from './display.ts'
import type { PersonHome } from './e2e-home.ts'
import { startElectron } from './electron.ts'
import { repositoryRoot } from './repository-files.ts'

export interface DesktopWindow {
  readonly application: ElectronApplication
  readonly page: Page
  readonly watch: PageWatch
}

export async function openDesktopWindow(home: PersonHome, display: Display): Promise<DesktopWindow> {
  await promisify(execFile)(process.execPath, ['scripts/build.mjs'], { cwd: repositoryRoot })
  const application = await startElectron({ appFolder: repositoryRoot, display, environment: home.environment })
  const page = await application.firstWindow()
  page.setDefaultTimeout(30_000)
  const watch = watchPage(page, 'rackside://app')
  await page.getByRole('navigation').first().waitFor()
  return { application, page, watch }
}

/** From now on the folder dialog answers at once with this folder. */
export async function answerFolderDialogWith(application: ElectronApplication, folder: string): Promise<void> {
  await application.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] })
  }, folder)
}

/** From now on the dialog for saving answers at once with this file. */
export async function answerSaveDialogWith(application: ElectronApplication, file: string): Promise<void> {
  await application.evaluate(({ dialog }, chosen) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: chosen })
  }, file)
}
