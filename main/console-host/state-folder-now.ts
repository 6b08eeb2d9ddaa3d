// Where the state of this user's console lies, for what looks at its files without opening a console.
import { stateFolderPath } from '../store/folder.ts'

export function stateFolderNow(environment: NodeJS.ProcessEnv): string {
  return stateFolderPath(environment, process.platform)
}
