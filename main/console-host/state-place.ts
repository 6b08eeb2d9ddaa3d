// Where the state of this console is kept, for whoever opens none.
import { stateFolderPath } from '../store/folder.ts'

export function statePlace(environment: NodeJS.ProcessEnv): string {
  return stateFolderPath(environment, process.platform)
}
